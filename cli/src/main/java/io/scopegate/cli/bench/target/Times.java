package io.scopegate.cli.bench.target;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scopegate.cli.report.Percentiles;
import io.scopegate.cli.report.Rounding;

/**
 * The times of something that was measured repeatedly.
 *
 * @param count number of measurements
 * @param p50 median in milliseconds
 * @param p99 99th percentile in milliseconds
 */
record Times(int count, double p50, double p99) {

    private static final int DIGITS = 3;

    static Times of(Percentiles percentiles) {
        return new Times(
                percentiles.count(),
                Rounding.to(percentiles.milliseconds(50), DIGITS),
                Rounding.to(percentiles.milliseconds(99), DIGITS));
    }

    /**
     * Reads what {@link #writeTo} writes.
     *
     * @param field where the node is, for messages
     * @throws IllegalArgumentException if a figure is missing or not a number; the message names it
     */
    static Times read(JsonNode node, String field) {
        return new Times(
                number(node, field, "count").asInt(),
                number(node, field, "p50Ms").asDouble(),
                number(node, field, "p99Ms").asDouble());
    }

    private static JsonNode number(JsonNode node, String field, String name) {
        JsonNode figure = node.path(name);
        if (!figure.isNumber()) {
            String found = figure.isMissingNode() ? "absent" : figure.toString();
            throw new IllegalArgumentException(field + "." + name + ": expected a number, is " + found);
        }
        return figure;
    }

    void writeTo(ObjectNode node) {
        node.put("count", count).put("p50Ms", p50).put("p99Ms", p99);
    }
}
