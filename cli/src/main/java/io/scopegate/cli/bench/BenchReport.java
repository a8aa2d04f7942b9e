package io.scopegate.cli.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.cli.bench.echo.Echo;
import io.scopegate.cli.bench.target.BareModel;
import io.scopegate.cli.load.Stage;
import io.scopegate.cli.report.Percentiles;
import io.scopegate.cli.report.Rounding;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All figures of one call.
 *
 * @param model that was served
 * @param plan what was asked for
 * @param stack the running stack
 * @param bare the same model without the stack
 * @param echo the same messages without the stack
 */
record BenchReport(
        PublishedModel model, BenchPlan plan, StackFigures stack, BareModel.Figures bare, Echo.Figures echo) {

    private static final double MAX = 100;

    /** By their names, in the order of the table. */
    Map<String, Percentiles> stages() {
        Map<String, Percentiles> stages = new LinkedHashMap<>();
        for (Stage stage : Stage.values()) {
            stages.put(stage.title(), stack.times().of(stage));
        }
        stages.put("bareInfer", bare.run());
        stages.put("echo", echo.roundTrips());
        return stages;
    }

    double ratioToBareModel() {
        return stack.framesPerSecond() / bare.runsPerSecond();
    }

    double ratioToEcho() {
        return stack.framesPerSecond() / echo.framesPerSecond();
    }

    ObjectNode json() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        putPercentiles(root, stack.times().total());
        putOverhead(root);
        putRates(root);
        putServer(root);
        ObjectNode outcomes = root.put("frames", stack.times().total().count())
                .put("unanswered", stack.unanswered())
                .putObject("outcomes");
        stack.times().outcomes().forEach((outcome, count) -> outcomes.put(outcome.name(), count));
        ObjectNode stageNodes = root.putObject("stages");
        stages().forEach((name, percentiles) -> putPercentiles(stageNodes.putObject(name), percentiles));
        root.put("model", model.manifest().reference());
        root.put("machine", Machine.description());
        return root;
    }

    private static void putPercentiles(ObjectNode node, Percentiles percentiles) {
        node.put("p50Ms", Rounding.to(percentiles.milliseconds(50), 3))
                .put("p90Ms", Rounding.to(percentiles.milliseconds(90), 3))
                .put("p99Ms", Rounding.to(percentiles.milliseconds(99), 3))
                .put("p999Ms", Rounding.to(percentiles.milliseconds(99.9), 3))
                .put("maxMs", Rounding.to(percentiles.milliseconds(MAX), 3));
    }

    private void putOverhead(ObjectNode root) {
        Percentiles overhead = stack.times().of(Stage.OVERHEAD);
        Percentiles serverOverhead = stack.times().of(Stage.SERVER_OVERHEAD);
        root.put("overheadP50Ms", Rounding.to(overhead.milliseconds(50), 3))
                .put("overheadP99Ms", Rounding.to(overhead.milliseconds(99), 3))
                .put("serverOverheadP50Ms", Rounding.to(serverOverhead.milliseconds(50), 3))
                .put("serverOverheadP99Ms", Rounding.to(serverOverhead.milliseconds(99), 3));
    }

    private void putRates(ObjectNode root) {
        root.put("framesPerSecond", Rounding.to(stack.framesPerSecond(), 2))
                .put("bareFramesPerSecond", Rounding.to(bare.runsPerSecond(), 2))
                .put("echoFramesPerSecond", Rounding.to(echo.framesPerSecond(), 2))
                .put("ratioToBareModel", Rounding.to(ratioToBareModel(), 3))
                .put("ratioToEcho", Rounding.to(ratioToEcho(), 3));
    }

    private void putServer(ObjectNode root) {
        ServerFigures server = stack.server();
        root.put("rssMbStart", Rounding.to(server.start().residentMegabytes(), 1))
                .put("rssMbMiddle", Rounding.to(server.middle().residentMegabytes(), 1))
                .put("rssMbEnd", Rounding.to(server.end().residentMegabytes(), 1))
                .put("cpuSecondsPer1000Frames", Rounding.to(stack.secondsPer1000Frames(server.processorTime()), 3))
                .put("clientCpuSecondsPer1000Frames", Rounding.to(stack.secondsPer1000Frames(stack.clientTime()), 3))
                .put("allocatedMbPerSecond", Rounding.to(allocatedPerSecond(), 1))
                .put("modelLoads", server.loads())
                .put("jpegDecoder", server.jpegDecoder());
    }

    double allocatedPerSecond() {
        return stack.server().allocatedMegabytes() / plan.load().duration().toSeconds();
    }
}
