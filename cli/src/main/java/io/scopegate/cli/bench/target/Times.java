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

    static Times read(JsonNode node) {
        return new Times(
                node.path("count").asInt(),
                node.path("p50Ms").asDouble(),
                node.path("p99Ms").asDouble());
    }

    void writeTo(ObjectNode node) {
        node.put("count", count).put("p50Ms", p50).put("p99Ms", p99);
    }
}
