package io.scopegate.cli.soak;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was measured, and what of it was to be kept. One thread. */
final class SoakReport {

    private final List<Line> lines = new ArrayList<>();

    /** One figure; a limit of infinity means that it only informs. */
    private record Line(String name, double value, double limit) {

        boolean kept() {
            return value <= limit;
        }

        String text() {
            String start = String.format(Locale.ROOT, "%-28s %12.3f", name, value);
            return Double.isInfinite(limit)
                    ? start
                    : start + String.format(Locale.ROOT, "   at most %.3f: %s", limit, kept() ? "kept" : "NOT KEPT");
        }
    }

    /** A figure that informs. */
    void add(String name, double value) {
        atMost(name, value, Double.POSITIVE_INFINITY);
    }

    /** A figure that must not be larger; not-a-number is. */
    void atMost(String name, double value, double limit) {
        lines.add(new Line(name, value, limit));
    }

    boolean kept() {
        return lines.stream().allMatch(Line::kept);
    }

    String text() {
        return String.join("\n", lines.stream().map(Line::text).toList());
    }

    ObjectNode json() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        lines.forEach(line -> root.put(line.name(), line.value()));
        ObjectNode limits = root.putObject("limits");
        lines.stream()
                .filter(line -> Double.isFinite(line.limit()))
                .forEach(line -> limits.put(line.name(), line.limit()));
        return root.put("kept", kept());
    }
}
