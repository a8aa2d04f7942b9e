package io.scopegate.trainer.report;

import java.util.List;
import java.util.Locale;

/** A plot to which marks are added one by one. */
final class Plot {

    private final String title;
    private final String description;
    private final Axes axes;
    private final StringBuilder marks = new StringBuilder();

    /**
     * Creates an empty plot.
     *
     * @param description what the plot shows and how to read it; also the text for people who cannot see it
     */
    Plot(String title, String description, Axes axes) {
        this.title = title;
        this.description = description;
        this.axes = axes;
    }

    /** A point of the plot, in the units of its axes. */
    record Point(double x, double y) {}

    String title() {
        return title;
    }

    String description() {
        return description;
    }

    boolean wide() {
        return axes.width() == Axes.WIDE;
    }

    Plot line(String style, List<Point> points) {
        marks.append("<polyline class=\"").append(style).append("\" points=\"");
        for (Point point : points) {
            marks.append(String.format(Locale.ROOT, "%.1f,%.1f ", axes.x(point.x), axes.y(point.y)));
        }
        marks.append("\"/>\n");
        return this;
    }

    Plot dot(String style, Point point, double radius, String tip) {
        marks.append(String.format(
                Locale.ROOT,
                "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"><title>%s</title></circle>%n",
                style,
                axes.x(point.x),
                axes.y(point.y),
                radius,
                Html.escape(tip)));
        return this;
    }

    /** Adds a bar that spans the rectangle between both points. */
    Plot bar(String style, Point low, Point high, String tip) {
        marks.append(String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"><title>%s</title></rect>%n",
                style,
                axes.x(low.x),
                axes.y(high.y),
                axes.x(high.x) - axes.x(low.x),
                axes.y(low.y) - axes.y(high.y),
                Html.escape(tip)));
        return this;
    }

    /** Adds a vertical line over the whole height. */
    Plot limit(double x) {
        marks.append(Axes.line("limit", axes.x(x), axes.y(0), axes.x(x), axes.y(axes.yTo())));
        return this;
    }

    /** Adds a text at a point. */
    Plot note(String anchor, Point point, String text) {
        marks.append(Axes.text(anchor, axes.x(point.x), axes.y(point.y), text));
        return this;
    }

    String svg() {
        return String.format(
                Locale.ROOT,
                """
                <svg viewBox="0 0 %d %d" role="img" aria-label="%s">
                %s%s</svg>
                """,
                axes.width(),
                Axes.HEIGHT,
                Html.escape(title + ". " + description),
                axes.svg(),
                marks);
    }
}
