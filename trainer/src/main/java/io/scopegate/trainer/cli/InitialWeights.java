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
record InitialWeights(Optional<Path> from) {

    static InitialWeights of(TrainingPlan plan) {
        return new InitialWeights(
                plan.fit().flatMap(fit -> fit.options().fineTuning().from()));
    }

    /** Returns which frames these weights have seen. */
    SeenFrames use(DataDigest digest) {
        return from.map(path -> use(path, digest)).orElse(SeenFrames.NOTHING);
    }

    /**
     * Returns why frames that the fit has not seen may not be new to the network.
     *
     * @return empty if they are new
     */
    Optional<String> doubt(List<LabelledFrame> frames, DataDigest digest) {
        return switch (use(digest).of(frames)) {
            case SeenFrames.Unknown(String why) -> Optional.of(why);
            case SeenFrames.Known known -> {
                long seen = frames.stream().filter(known::hasSeen).count();
                yield seen == 0
                        ? Optional.empty()
                        : from.map(path -> "fit.from: %s has seen %d of these frames, or other frames of their groups"
                                .formatted(path, seen));
            }
        };
    }

    private static SeenFrames use(Path from, DataDigest digest) {
        return switch (stated(from, digest)) {
            case SeenFrames.Known(
                    Predicate<LabelledFrame> fittedTo,
                    Predicate<LabelledFrame> chosenBy,
                    Function<LabelledFrame, Optional<String>> unsure) ->
                new SeenFrames.Known(
                        fittedTo, chosenBy, frame -> unsure.apply(frame).map(InitialWeights::named));
            case SeenFrames.Unknown(String why) -> new SeenFrames.Unknown(named(why));
        };
    }

    private static String named(String why) {
        return "fit.from: " + why;
    }

    private static SeenFrames stated(Path from, DataDigest digest) {
        if (!Files.isDirectory(from)) {
            return new SeenFrames.Unknown(
                    from + ": not a published model, whose manifest would state the frames that it was trained on");
        }
        try {
            return EvaluatedModel.of(PublishedModel.open(from)).fit().use(digest);
        } catch (IOException e) {
            return new SeenFrames.Unknown(FileFault.text(e));
        } catch (ModelUnusableException e) {
            return new SeenFrames.Unknown(String.valueOf(e.getMessage()));
        }
    }
}
