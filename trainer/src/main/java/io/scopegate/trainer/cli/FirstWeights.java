package io.scopegate.trainer.cli;

import io.scopegate.bundle.file.FileFault;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.trainer.dataset.DataDigest;
import io.scopegate.trainer.dataset.LabelledFrame;
import io.scopegate.trainer.plan.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The weights that a fit begins with. They may have seen frames before.
 *
 * @param from checkpoint or model directory; empty for random weights
 */
record FirstWeights(Optional<Path> from) {

    static FirstWeights of(TrainingPlan plan) {
        return new FirstWeights(
                plan.fit().flatMap(fit -> fit.options().fineTuning().from()));
    }

    /** Returns which frames these weights have seen. */
    FramesUse use(DataDigest digest) {
        return from.map(path -> use(path, digest)).orElse(FramesUse.NOTHING);
    }

    /**
     * Returns why frames that the fit has not seen may not be new to the network.
     *
     * @return empty if they are new
     */
    Optional<String> doubt(List<LabelledFrame> frames, DataDigest digest) {
        return switch (use(digest).of(frames)) {
            case FramesUse.Unknown(String why) -> Optional.of(why);
            case FramesUse.Known known -> {
                long seen = frames.stream().filter(known::hasSeen).count();
                yield seen == 0
                        ? Optional.empty()
                        : from.map(path -> "fit.from: %s has seen %d of these frames, or other frames of their groups"
                                .formatted(path, seen));
            }
        };
    }

    private static FramesUse use(Path from, DataDigest digest) {
        return switch (stated(from, digest)) {
            case FramesUse.Known(
                    Predicate<LabelledFrame> fittedTo,
                    Predicate<LabelledFrame> chosenBy,
                    Function<LabelledFrame, Optional<String>> unsure) ->
                new FramesUse.Known(
                        fittedTo, chosenBy, frame -> unsure.apply(frame).map(FirstWeights::named));
            case FramesUse.Unknown(String why) -> new FramesUse.Unknown(named(why));
        };
    }

    private static String named(String why) {
        return "fit.from: " + why;
    }

    private static FramesUse stated(Path from, DataDigest digest) {
        if (!Files.isDirectory(from)) {
            return new FramesUse.Unknown(
                    from + ": not a published model, whose manifest would state the frames that it was trained on");
        }
        try {
            return EvaluatedModel.of(PublishedModel.open(from)).fit().use(digest);
        } catch (IOException e) {
            return new FramesUse.Unknown(FileFault.text(e));
        } catch (ModelUnusableException e) {
            return new FramesUse.Unknown(String.valueOf(e.getMessage()));
        }
    }
}
