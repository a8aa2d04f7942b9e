package io.scopegate.cli.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.cli.load.Stage;
import io.scopegate.cli.load.StageTimes;
import io.scopegate.cli.report.JsonFigures;
import io.scopegate.cli.report.Percentiles;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All figures of one call.
 *
 * @param model model that was served
 * @param plan what was asked for
 * @param rounds what was measured
 */
record BenchReport(PublishedModel model, BenchPlan plan, Rounds rounds) {

    private static final double MAX = 100;

    /** Returns the times by their names, in the order of the table. */
    Map<String, Percentiles> stages() {
        Map<String, Percentiles> stages = new LinkedHashMap<>();
        StageTimes times = rounds.times();
        for (Stage stage : Stage.values()) {
            stages.put(stage.title(), times.of(stage));
        }
        stages.put("bareInfer", rounds.bareRuns());
        stages.put("echo", rounds.echoRoundTrips());
        return stages;
    }

    ObjectNode json() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        StageTimes times = rounds.times();
        putPercentiles(root, times.total());
        putOverhead(root, times);
        putRates(root);
        putServer(root);
        ObjectNode outcomes = root.put("frames", times.total().count())
                .put("unanswered", rounds.unanswered())
                .putObject("outcomes");
        times.outcomes().forEach((outcome, count) -> outcomes.put(outcome.name(), count));
        ObjectNode stageNodes = root.putObject("stages");
        stages().forEach((name, percentiles) -> putPercentiles(stageNodes.putObject(name), percentiles));
        root.put("model", model.manifest().reference());
        root.put("machine", Machine.description());
        return root;
    }

    private static void putPercentiles(ObjectNode node, Percentiles percentiles) {
        new JsonFigures(node)
                .put("p50Ms", percentiles.milliseconds(50), 3)
                .put("p90Ms", percentiles.milliseconds(90), 3)
                .put("p99Ms", percentiles.milliseconds(99), 3)
                .put("p999Ms", percentiles.milliseconds(99.9), 3)
                .put("maxMs", percentiles.milliseconds(MAX), 3);
    }

    private static void putOverhead(ObjectNode root, StageTimes times) {
        Percentiles overhead = times.of(Stage.OVERHEAD);
        Percentiles serverOverhead = times.of(Stage.SERVER_OVERHEAD);
        new JsonFigures(root)
                .put("overheadP50Ms", overhead.milliseconds(50), 3)
                .put("overheadP99Ms", overhead.milliseconds(99), 3)
                .put("serverOverheadP50Ms", serverOverhead.milliseconds(50), 3)
                .put("serverOverheadP99Ms", serverOverhead.milliseconds(99), 3);
    }

    private void putRates(ObjectNode root) {
        new JsonFigures(root.put("rounds", rounds.rounds().size()))
                .put("framesPerSecond", rounds.framesPerSecond(), 2)
                .put("bareFramesPerSecond", rounds.bareFramesPerSecond(), 2)
                .put("echoFramesPerSecond", rounds.echoFramesPerSecond(), 2);
        putRatio(root, "ratioToBareModel", rounds.ratioToBareModel());
        putRatio(root, "ratioToEcho", rounds.ratioToEcho());
    }

    private static void putRatio(ObjectNode root, String name, Rounds.Ratio ratio) {
        new JsonFigures(root)
                .put(name, ratio.median(), 3)
                .put(name + "Least", ratio.least(), 3)
                .put(name + "Most", ratio.most(), 3);
    }

    private void putServer(ObjectNode root) {
        new JsonFigures(root)
                .put("rssMbStart", rounds.residentAtStart(), 1)
                .put("rssMbMiddle", rounds.residentInTheMiddle(), 1)
                .put("rssMbEnd", rounds.residentAtEnd(), 1)
                .put("cpuSecondsPer1000Frames", rounds.serverSeconds(), 3)
                .put("bareCpuSecondsPer1000Frames", rounds.bareSeconds(), 3)
                .put("clientCpuSecondsPer1000Frames", rounds.clientSeconds(), 3)
                .put("allocatedMbPerSecond", rounds.allocatedPerSecond(), 1);
        root.put("modelLoads", rounds.last().loads())
                .put("jpegDecoder", rounds.last().jpegDecoder());
    }
}
