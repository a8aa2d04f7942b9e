package io.scopegate.cli.bench.target;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was measured for one subject.
 *
 * @param subject what the row is about
 * @param model times of a run, by its number of frames
 * @param endToEnd times from sending a frame to its answer, by the picture's {@code WIDTHxHEIGHT}
 * @param reason why something is missing; empty if nothing is
 */
record Row(Subject subject, Map<Integer, Times> model, Map<String, Times> endToEnd, String reason) {

    Row {
        model = Collections.unmodifiableMap(new TreeMap<>(model));
        endToEnd = Collections.unmodifiableMap(new TreeMap<>(endToEnd));
    }

    /** Returns the median of the model's computation for this many frames; NaN if it was not measured. */
    double modelMedian(int frames) {
        return median(model.get(frames));
    }

    /** Returns the median from picture to answer; NaN if it was not measured. */
    double endToEndMedian(String picture) {
        return median(endToEnd.get(picture));
    }

    private static double median(@Nullable Times times) {
        return times == null ? Double.NaN : times.p50();
    }

    /**
     * Reads a row.
     *
     * @throws IllegalArgumentException if a figure is missing or not a number; the message names it
     */
    static Row read(Subject subject, JsonNode node) {
        Map<Integer, Times> model = new TreeMap<>();
        String field = subject.label() + ".model.";
        node.path("model").properties().forEach(entry -> {
            Times times = Times.read(entry.getValue(), field + entry.getKey());
            model.put(Integer.valueOf(entry.getKey()), times);
        });
        Map<String, Times> endToEnd = new TreeMap<>();
        node.path("endToEnd").properties().forEach(entry -> {
            Times times = Times.read(entry.getValue(), subject.label() + ".endToEnd." + entry.getKey());
            endToEnd.put(entry.getKey(), times);
        });
        return new Row(subject, model, endToEnd, node.path("reason").asText(""));
    }

    void writeTo(ObjectNode node) {
        ObjectNode runs = node.putObject("model");
        model.forEach((frames, times) -> times.writeTo(runs.putObject(String.valueOf(frames))));
        ObjectNode frames = node.putObject("endToEnd");
        endToEnd.forEach((picture, times) -> times.writeTo(frames.putObject(picture)));
        node.put("reason", reason);
    }
}
