package io.scopegate.trainer.cli;

import io.scopegate.trainer.dataset.DataDigest;
import io.scopegate.trainer.dataset.FrameFolder;
import io.scopegate.trainer.dataset.FrameManifest;
import io.scopegate.trainer.dataset.FrameSet;
import io.scopegate.trainer.dataset.FrameTimes;
import io.scopegate.trainer.dataset.LabelledFrame;
import io.scopegate.trainer.dataset.SampleList;
import io.scopegate.trainer.dataset.Split;
import io.scopegate.trainer.evaluate.GroupSubset;
import io.scopegate.trainer.plan.PlanException;
import io.scopegate.trainer.plan.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Labelled frames to evaluate a model on.
 *
 * @param split the frames, by what the model has seen of them
 * @param chosen the part of the split that metrics and report cover; never empty
 * @param unknown why it is not known what the model has seen of the chosen part; empty if it is known
 * @param found frames and skipped files, as found in a folder, list or plan; empty if the plan's frames were found
 *     before
 * @param times when the frames were taken, where that is known
 * @param digest digests of the frames that were read so far
 * @param warnings warnings about frames that may distort the figures
 * @param subsets subsets of groups that get figures of their own
 */
record EvaluatedFrames(
        Split split,
        EvaluatedSplit chosen,
        Optional<UnknownSeenFrames> unknown,
        FrameSet found,
        FrameTimes times,
        DataDigest digest,
        List<DataWarning> warnings,
        List<GroupSubset> subsets) {

    private static final List<String> MANIFESTS = List.of("MANIFEST.csv", "manifest.csv");

    EvaluatedFrames {
        warnings = List.copyOf(warnings);
        subsets = List.copyOf(subsets);
        chosen.requireFrames(split);
    }

    /**
     * Returns the frames of a folder. Unless a part is chosen, the part that the model has seen least of is evaluated.
     * If it is not known what the model has seen, all frames count as the chosen part, and their use stays unknown.
     *
     * @param digest digests of the frames that were read to find out what the model has seen
     */
    static EvaluatedFrames ofFolder(Path folder, @Nullable EvaluatedSplit chosen, SeenFrames use, DataDigest digest)
            throws IOException {
        Optional<Path> manifest = MANIFESTS.stream()
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst();
        FrameSet found =
                manifest.isPresent() ? FrameManifest.read(manifest.get()) : FrameFolder.read(folder, Optional.empty());
        FrameTimes times = manifest.isPresent() ? FrameTimes.readIfPresent(manifest.get()) : FrameTimes.NONE;
        return switch (use.of(found.frames())) {
            case SeenFrames.Known known -> {
                Split split = known.split(found.frames());
                EvaluatedSplit part = chosen == null ? EvaluatedSplit.best(split) : chosen;
                List<DataWarning> warnings = UngroupedNeighbours.warnings(split, part);
                yield new EvaluatedFrames(split, part, Optional.empty(), found, times, digest, warnings, List.of());
            }
            case SeenFrames.Unknown(String why) -> {
                UnknownSeenFrames unknown = chosen == null
                        ? UnknownSeenFrames.ofFolder(folder, why)
                        : UnknownSeenFrames.ofSplit(chosen, why);
                yield ofOnePart(found, chosen, Optional.of(unknown), digest).at(times);
            }
        };
    }

    /**
     * Returns all frames of a plan, with the part that says most as the chosen one. The use of this part is unknown if
     * the fit may have seen other frames than the plan's split says.
     */
    static EvaluatedFrames ofPlan(FoundFrames frames, Fit fit) {
        Split planned = frames.split();
        EvaluatedSplit best = EvaluatedSplit.best(planned);
        DataDigest digest = frames.digest();
        Optional<UnknownSeenFrames> unknown =
                fit.doubt(best, planned, digest).map(why -> UnknownSeenFrames.ofPlan(best, why));
        return new EvaluatedFrames(
                planned,
                best,
                unknown,
                new FrameSet(List.of(), 0),
                frames.times(),
                digest,
                frames.remarks(),
                List.of());
    }

    /**
     * Returns the pictures of a list. Those without a group get the list's file name as their group.
     *
     * @param said what the pictures were used for, if that is stated
     */
    static EvaluatedFrames ofList(Path list, @Nullable EvaluatedSplit said) throws IOException {
        String name = String.valueOf(list.getFileName());
        List<LabelledFrame> frames = SampleList.read(list).frames(name);
        Optional<UnknownSeenFrames> unsaid =
                said == null ? Optional.of(UnknownSeenFrames.ofList(name)) : Optional.empty();
        return ofOnePart(new FrameSet(frames, 0), said, unsaid, new DataDigest());
    }

    private static EvaluatedFrames ofOnePart(
            FrameSet frames, @Nullable EvaluatedSplit said, Optional<UnknownSeenFrames> unknown, DataDigest digest) {
        EvaluatedSplit part = said == null ? EvaluatedSplit.TEST : said;
        return new EvaluatedFrames(
                part.only(frames.frames()), part, unknown, frames, FrameTimes.NONE, digest, List.of(), List.of());
    }

    /**
     * Returns one part of a plan's frames. Its use is unknown if the fit may have seen other frames than the plan's
     * split says.
     */
    static EvaluatedFrames ofPlan(TrainingPlan plan, EvaluatedSplit chosen, Fit fit) throws IOException {
        PlannedFrames planned = PlannedFrames.find(
                plan.data().orElseThrow(() -> new PlanException("data: required to evaluate its frames")));
        chosen.requireFrames(planned.split());
        DataDigest digest = new DataDigest();
        return new EvaluatedFrames(
                chosen.only(chosen.frames(planned.split())),
                chosen,
                fit.doubt(chosen, planned.split(), digest).map(why -> UnknownSeenFrames.ofPlan(chosen, why)),
                planned.all(),
                planned.times(),
                digest,
                planned.warnings(digest),
                List.of());
    }

    /** Returns these frames with other times. */
    EvaluatedFrames at(FrameTimes known) {
        return new EvaluatedFrames(split, chosen, unknown, found, known, digest, warnings, subsets);
    }

    /** Returns these frames with figures for these subsets. */
    EvaluatedFrames with(List<GroupSubset> groups) {
        return new EvaluatedFrames(split, chosen, unknown, found, times, digest, warnings, groups);
    }

    /** Returns the name of the chosen part in reports. */
    String part() {
        return unknown.map(UnknownSeenFrames::part).orElse("split " + chosen);
    }

    /** Returns whether the validation frames are evaluated, which are looked at while fitting. */
    boolean areValidation() {
        return chosen == EvaluatedSplit.VAL;
    }

    List<LabelledFrame> chosenFrames() {
        return chosen.frames(split);
    }

    int count() {
        return split.train().size()
                + split.validation().size()
                + split.heldOut().size();
    }
}
