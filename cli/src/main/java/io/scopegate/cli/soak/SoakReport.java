package io.scopegate.cli.soak;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scopegate.cli.report.FigureText;
import io.scopegate.cli.report.JsonFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures that were measured, and the limits for some of them. Not thread-safe. */
final class SoakReport {

    private final List<Line> lines = new ArrayList<>();

    /**
     * One figure. A limit of infinity means that it is for information only. Not-a-number, as value or limit, means
     * that nothing was measured; that is never kept. A count is written without a fraction.
     */
    private record Line(String name, double value, double limit, boolean isCount) {

        boolean kept() {
            return value <= limit;
        }

        boolean limited() {
            return !Double.isInfinite(limit);
        }

        String text() {
            String start = String.format(Locale.ROOT, "%-28s %12s", name, text(value));
            String ofLimit = limited() ? "   at most " + text(limit) : "";
            return limited() || !kept() ? start + ofLimit + ": " + (kept() ? "kept" : "NOT KEPT") : start;
        }

        private String text(double figure) {
            return isCount ? String.valueOf((long) figure) : FigureText.of(figure, 3);
        }

        void put(ObjectNode node, double figure) {
            if (isCount) {
                node.put(name, (long) figure);
            } else {
                new JsonFigures(node).put(name, figure);
            }
        }
    }

    /** Adds a figure for information. It counts as not kept if it is not-a-number. */
    void add(String name, double value) {
        atMost(name, value, Double.POSITIVE_INFINITY);
    }

    /** Adds a count for information. */
    void add(String name, long count) {
        lines.add(new Line(name, count, Double.POSITIVE_INFINITY, true));
    }

    /** Adds a figure with an upper limit. It counts as not kept if either is not-a-number. */
    void atMost(String name, double value, double limit) {
        lines.add(new Line(name, value, limit, false));
    }

    /** Adds a count with an upper limit. */
    void atMost(String name, long count, long limit) {
        lines.add(new Line(name, count, limit, true));
    }

    boolean kept() {
        return lines.stream().allMatch(Line::kept);
    }

    String text() {
        return String.join("\n", lines.stream().map(Line::text).toList());
    }

    ObjectNode json() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        lines.forEach(line -> line.put(root, line.value()));
        ObjectNode limits = root.putObject("limits");
        lines.stream().filter(Line::limited).forEach(line -> line.put(limits, line.limit()));
        return root.put("kept", kept());
    }
}
