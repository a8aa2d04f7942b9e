package io.scopegate.trainer.evaluate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scopegate.trainer.metrics.Calibration;
import io.scopegate.trainer.metrics.Confusion;
import io.scopegate.trainer.metrics.Exposure;
import io.scopegate.trainer.metrics.Figure;
import io.scopegate.trainer.metrics.Proportion;
import io.scopegate.trainer.metrics.Ranking.Cut;
import io.scopegate.trainer.metrics.ThresholdTable;

/**
 * Formats metrics as JSON. A missing figure is null, and the object {@code absent} has the reason. A share of no frames
 * is null without one.
 */
final class MetricsJson {

    /** Enough to draw a curve. A cut for every frame could take megabytes. */
    private static final int MOST_CUTS = 1000;

    private final Metrics metrics;
    private final ObjectNode root = JsonNodeFactory.instance.objectNode();
    private final ObjectNode absent = JsonNodeFactory.instance.objectNode();

    private MetricsJson(Metrics metrics) {
        this.metrics = metrics;
    }

    static ObjectNode of(Metrics metrics) {
        return new MetricsJson(metrics).write();
    }

    private ObjectNode write() {
        root.put("frames", metrics.frames());
        root.put("unjudged", metrics.unjudged());
        root.put("threshold", metrics.threshold());
        root.set("byClass", confusion(metrics.byClass()));
        root.set("byVerdict", confusion(metrics.byVerdict()));
        put(root, "auroc", metrics.ranking().auroc());
        put(root, "averagePrecision", metrics.ranking().averagePrecision());
        writeCalibration(root.putObject("calibration"), metrics.calibration());
        writeExposure();
        metrics.thresholds().rows().forEach(this::writeThreshold);
        metrics.groups()
                .forEach(group ->
                        root.withArray("groups").add(confusion(group.verdicts()).put("group", group.group())));
        metrics.ranking().thinned(MOST_CUTS).forEach(this::writeCut);
        if (!absent.isEmpty()) {
            root.set("absent", absent);
        }
        return root;
    }

    private void put(ObjectNode node, String name, Figure figure) {
        switch (figure) {
            case Figure.Known(double number) -> node.put(name, number);
            case Figure.Absent(String reason) -> {
                node.putNull(name);
                absent.put(name, reason);
            }
        }
    }

    private static ObjectNode confusion(Confusion counts) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.set("accuracy", proportion(counts.right()));
        counts.balancedAccuracy()
                .ifPresentOrElse(value -> node.put("balancedAccuracy", value), () -> node.putNull("balancedAccuracy"));
        node.set("sensitivity", proportion(counts.sensitivity()));
        node.set("specificity", proportion(counts.specificity()));
        node.putObject("confusion")
                .put("inBodyRight", counts.inBodyRight())
                .put("inBodyWrong", counts.inBodyWrong())
                .put("outOfBodyRight", counts.outOfBodyRight())
                .put("outOfBodyWrong", counts.outOfBodyWrong());
        return node;
    }

    private static ObjectNode proportion(Proportion share) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("right", share.part()).put("of", share.whole());
        share.value().ifPresentOrElse(value -> node.put("value", value), () -> node.putNull("value"));
        share.interval().ifPresent(interval -> node.put("low", interval.low()).put("high", interval.high()));
        return node;
    }

    private void writeCalibration(ObjectNode node, Calibration calibration) {
        put(node, "expectedCalibrationError", calibration.expectedError());
        put(node, "brier", calibration.brier());
        put(node, "logLoss", calibration.logLoss());
        put(node, "temperature", metrics.temperature());
        ArrayNode bins = node.putArray("bins");
        calibration
                .bins()
                .forEach(bin -> bins.addObject()
                        .put("low", bin.low())
                        .put("high", bin.high())
                        .put("frames", bin.frames())
                        .put("meanProbability", bin.meanProbability())
                        .put("observed", bin.observed()));
    }

    private void writeExposure() {
        switch (metrics.exposure()) {
            case Exposure.Known known ->
                root.putObject("exposure")
                        .put("exposedSeconds", known.exposedSeconds())
                        .put("outOfBodySeconds", known.outOfBodySeconds())
                        .put("seconds", known.seconds())
                        .put("exposedSecondsPerHour", known.secondsPerHour());
            case Exposure.Absent(String reason) -> {
                root.putNull("exposure");
                absent.put("exposure", reason);
            }
        }
    }

    private void writeThreshold(ThresholdTable.Row row) {
        ObjectNode node = confusion(row.verdicts());
        node.put("threshold", row.threshold());
        root.withArray("thresholds").add(node);
    }

    private void writeCut(Cut cut) {
        root.withArray("cuts")
                .addObject()
                .put("outOfBodyFrom", 1 / (1 + Math.exp(-cut.logOdds())))
                .put("truePositives", cut.truePositives())
                .put("falsePositives", cut.falsePositives());
    }
}
