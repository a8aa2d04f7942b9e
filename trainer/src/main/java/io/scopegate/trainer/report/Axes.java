package io.scopegate.trainer.report;

import java.util.Locale;

/**
 * The two axes of a plot, and the mapping from values to positions in it.
 *
 * @param width width of the plot in its own units
 * @param xFrom value at the left end
 * @param xTo value at the right end
 * @param xWhole whether the horizontal axis has whole numbers only, such as epochs
 * @param yTo value at the upper end; the lower end is 0
 * @param xLabel what the horizontal axis shows
 * @param yLabel what the vertical axis shows
 */
record Axes(int width, double xFrom, double xTo, boolean xWhole, double yTo, String xLabel, String yLabel) {

    static final int HEIGHT = 320;
    static final int NARROW = 460;
    static final int WIDE = 1040;

    private static final int LEFT = 58;
    private static final int RIGHT = 16;
    private static final int TOP = 12;
    private static final int BOTTOM = 46;
    private static final int TICKS = 5;

    /** Creates axes that both run from 0 to 1. */
    static Axes unit(String xLabel, String yLabel) {
        return new Axes(NARROW, 0, 1, false, 1, xLabel, yLabel);
    }

    double x(double value) {
        return LEFT + (value - xFrom) / (xTo - xFrom) * (width - LEFT - RIGHT);
    }

    double y(double value) {
        return HEIGHT - BOTTOM - value / yTo * (HEIGHT - TOP - BOTTOM);
    }

    /** Returns grid, ticks and labels as SVG. */
    String svg() {
        StringBuilder svg = new StringBuilder();
        double step = step(yTo);
        for (int k = 0; k * step <= yTo * (1 + 1e-9); k++) {
            double y = y(k * step);
            svg.append(line(k == 0 ? "axis" : "grid", x(xFrom), y, x(xTo), y));
            svg.append(text("end", LEFT - 8.0, y + 4, label(k * step, step)));
        }
        double xStep = Math.max(step(xTo - xFrom), xWhole ? 1 : 0);
        for (double x = Math.ceil(xFrom / xStep) * xStep; x <= xTo + 1e-9; x += xStep) {
            svg.append(line("grid", x(x), y(0), x(x), y(yTo)));
            svg.append(text("middle", x(x), HEIGHT - BOTTOM + 18.0, label(x, xStep)));
        }
        svg.append(text("middle", (x(xFrom) + x(xTo)) / 2, HEIGHT - 6.0, xLabel));
        return svg.append(String.format(
                        Locale.ROOT,
                        "<text transform=\"translate(14 %d) rotate(-90)\" text-anchor=\"middle\">%s</text>%n",
                        (HEIGHT - BOTTOM) / 2,
                        Html.escape(yLabel)))
                .toString();
    }

    /**
     * Returns a tick distance of 1, 2 or 5 times a power of ten that gives about five ticks. It is a whole number if
     * the span is at least five.
     */
    private static double step(double span) {
        double power = Math.pow(10, Math.floor(Math.log10(span / TICKS)));
        double rest = span / TICKS / power;
        return power * (rest <= 1 ? 1 : rest <= 2 ? 2 : rest <= 5 ? 5 : 10);
    }

    /** Returns the label of a tick, with as many decimal places as the distance of the ticks needs. */
    private static String label(double tick, double step) {
        return Html.brief(tick, (int) Math.max(0, -Math.floor(Math.log10(step))));
    }

    static String line(String style, double x1, double y1, double x2, double y2) {
        return String.format(
                Locale.ROOT,
                "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n",
                style,
                x1,
                y1,
                x2,
                y2);
    }

    static String text(String anchor, double x, double y, String text) {
        return String.format(
                Locale.ROOT,
                "<text text-anchor=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>%n",
                anchor,
                x,
                y,
                Html.escape(text));
    }
}
