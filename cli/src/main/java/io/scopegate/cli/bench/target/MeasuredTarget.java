package io.scopegate.cli.bench.target;

import io.scopegate.bundle.frame.PixelFormat;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.cli.load.SentPictures;
import io.scopegate.cli.report.FaultText;
import io.scopegate.client.ScopegateException;
import io.scopegate.inference.InferenceFailedException;
import io.scopegate.inference.device.ProbeStep;
import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.inference.target.TargetUnavailableException;
import io.scopegate.trainer.sampledata.FrameSize;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/**
 * Measures a model on one target. If something fails, the row contains the reason, and what was measured before.
 *
 * @param progress gets a line for humans before each part that takes a while
 */
record MeasuredTarget(Plan plan, TargetOptions options, ExecutionTarget target, Consumer<String> progress) {

    Row measure() throws InterruptedException {
        Optional<String> obstacle = obstacle();
        if (obstacle.isPresent()) {
            return row(Map.of(), Map.of(), obstacle.get());
        }
        Map<Integer, Times> model = new TreeMap<>();
        Map<String, Times> endToEnd = new TreeMap<>();
        try {
            measureModel(model);
            progress.accept(target.label() + ": end to end");
            new EndToEnd(plan, options, target).measure(endToEnd);
            return row(model, endToEnd, "");
        } catch (ModelUnusableException
                | TargetUnavailableException
                | InferenceFailedException
                | IOException
                | ExecutionException
                | ScopegateException e) {
            for (Throwable further : e.getSuppressed()) {
                progress.accept(target.label() + ": " + FaultText.of(further));
            }
            return row(model, endToEnd, FaultText.alone(e));
        }
    }

    private Row row(Map<Integer, Times> model, Map<String, Times> endToEnd, String reason) {
        return new Row(Subject.of(target), model, endToEnd, reason);
    }

    /** Returns the first step to this target that failed; empty if none did. */
    private Optional<String> obstacle() {
        return target.isGpu()
                ? options.planner().steps(target).stream()
                        .filter(ProbeStep::hasFailed)
                        .map(ProbeStep::detail)
                        .findFirst()
                : Optional.empty();
    }

    private void measureModel(Map<Integer, Times> into)
            throws ModelUnusableException, TargetUnavailableException, InferenceFailedException, IOException {
        progress.accept(target.label() + ": session and golden images");
        try (BareModel bare = BareModel.open(options.sessions(), plan.model(), target)) {
            bare.requireGoldenAnswers();
            SentPictures pictures = SentPictures.render(PixelFormat.RGB8, FrameSize.parse(Plan.SMALL));
            for (int frames : new int[] {1, Plan.MANY}) {
                if (frames <= bare.maxBatch()) {
                    progress.accept(
                            String.format(Locale.ROOT, "%s: model computation, batch %d", target.label(), frames));
                    BareModel.Enough enough = (runs, elapsed) -> runs >= plan.runs();
                    into.put(
                            frames,
                            Times.of(bare.measure(pictures.first(), frames, enough)
                                    .run()));
                }
            }
        }
    }
}
