package io.scopegate.cli.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.cli.report.Percentiles;
import io.scopegate.cli.report.Rounding;
import io.scopegate.client.Outcome;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * All figures of one call.
 *
 * @param model that was served
 * @param plan what was asked for
 * @param times of the measured frames
 * @param framesPerSecond answered through the whole stack, all streams together
 * @param bare the same model without the stack
 * @param server what the server process said of itself
 */
record BenchReport(
        PublishedModel model,
        BenchPlan plan,
        StageTimes times,
        double framesPerSecond,
        BareModel.Figures bare,
        ServerFigures server) {

    /**
     * What the server process said of itself.
     *
     * @param residentMegabytes after the measurement
     * @param jpegDecoder name and version
     */
    record ServerFigures(double residentMegabytes, String jpegDecoder) {}

    /** Frames that the server did not answer. */
    int unanswered() {
        return times.count(Outcome.ABANDONED);
    }

    private Map<String, Percentiles> stages() {
        Map<String, Percentiles> stages = new LinkedHashMap<>();
        stages.put("decode", times.decode());
        stages.put("preprocess", times.preprocess());
        stages.put("queue", times.queue());
        stages.put("infer", times.infer());
        stages.put("server", times.server());
        stages.put("total", times.total());
        stages.put("bareInfer", bare.run());
        return stages;
    }

    ObjectNode json() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ObjectNode stageNodes = root.putObject("stages");
        stages().forEach((name, percentiles) -> stageNodes
                .putObject(name)
                .put("p50Ms", Rounding.to(percentiles.milliseconds(50), 3))
                .put("p99Ms", Rounding.to(percentiles.milliseconds(99), 3)));
        root.put("framesPerSecond", Rounding.to(framesPerSecond, 2));
        root.put("bareFramesPerSecond", Rounding.to(bare.framesPerSecond(), 2));
        root.put("ratioToBareModel", Rounding.to(framesPerSecond / bare.framesPerSecond(), 3));
        root.put("rssMb", Rounding.to(server.residentMegabytes(), 1));
        root.put("jpegDecoder", server.jpegDecoder());
        root.put("machine", Machine.description());
        root.put("model", model.manifest().reference());
        root.put("digest", model.digest());
        root.put("streams", plan.streams()).put("fps", plan.framesPerSecond());
        root.put("seconds", plan.duration().toSeconds());
        root.put("format", plan.pixelFormat().name().toLowerCase(Locale.ROOT));
        root.put("size", plan.size().toString()).put("threads", plan.threads());
        root.put("frames", times.total().count()).put("unanswered", unanswered());
        ObjectNode outcomes = root.putObject("outcomes");
        times.outcomes().forEach((outcome, count) -> outcomes.put(outcome.name(), count));
        return root;
    }

    String table() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%s, %d stream(s) at %s, %s %s, %d s, %d inference thread(s)%n%n",
                model.manifest().reference(),
                plan.streams(),
                plan.saturates() ? "full speed" : plan.framesPerSecond() + " frames/s",
                plan.pixelFormat(),
                plan.size(),
                plan.duration().toSeconds(),
                plan.threads()));
        text.append(String.format("%-12s %10s %10s%n", "stage", "p50 ms", "p99 ms"));
        stages().forEach((name, percentiles) -> text.append(String.format(
                Locale.ROOT,
                "%-12s %10.3f %10.3f%n",
                name,
                percentiles.milliseconds(50),
                percentiles.milliseconds(99))));
        text.append(String.format(
                Locale.ROOT,
                "%nframes/s     %10.2f   (bare model %.2f, ratio %.3f)%nanswers      %s%nserver       %.1f MB resident, JPEG by %s%nmachine      %s%n",
                framesPerSecond,
                bare.framesPerSecond(),
                framesPerSecond / bare.framesPerSecond(),
                times.outcomes(),
                server.residentMegabytes(),
                server.jpegDecoder(),
                Machine.description()));
        return text.toString();
    }
}
