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
 * Labelled frames to ask a model about.
 *
 * @param split by what the model knows of them
 * @param chosen the part that metrics and report are of; never empty
 * @param unknown why nobody knows what the model has seen of the chosen part, where that is so
 * @param found where it was looked for frames, with what was skipped; empty where they were known
 * @param times when frames were taken, where that is known
 * @param digest of the frames that were read so far
 * @param warnings of what should not come as a surprise in the figures
 * @param subsets groups that have figures of their own
 */
record EvaluatedFrames(
        Split split,
        EvaluatedSplit chosen,
        Optional<UnknownUse> unknown,
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
     * The frames of a folder; those that the model knows least of unless a part is chosen. Where nobody knows what it has
     * seen, a chosen part is all of them under its name, and still not known.
     *
     * @param digest of the frames that tell what the model has seen
     */
    static EvaluatedFrames ofFolder(Path folder, @Nullable EvaluatedSplit chosen, FramesUse use, DataDigest digest)
            throws IOException {
        Optional<Path> manifest = MANIFESTS.stream()
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst();
        FrameSet found =
                manifest.isPresent() ? FrameManifest.read(manifest.get()) : FrameFolder.read(folder, Optional.empty());
        FrameTimes times = manifest.isPresent() ? FrameTimes.readIfPresent(manifest.get()) : FrameTimes.NONE;
        return switch (use.of(found.frames())) {
            case FramesUse.Known known -> {
                Split split = known.split(found.frames());
                EvaluatedSplit part = chosen == null ? EvaluatedSplit.best(split) : chosen;
                List<DataWarning> warnings = UngroupedNeighbours.warnings(split, part);
                yield new EvaluatedFrames(split, part, Optional.empty(), found, times, digest, warnings, List.of());
            }
            case FramesUse.Unknown(String why) -> {
                UnknownUse unknown =
                        chosen == null ? UnknownUse.ofFolder(folder, why) : UnknownUse.ofSplit(chosen, why);
                yield ofOnePart(found, chosen, Optional.of(unknown), digest).at(times);
            }
        };
    }

    /** All frames of a plan, and figures of those that say most, which may not be those of the fit. */
    static EvaluatedFrames ofPlan(FoundFrames frames, Fit fit) {
        Split planned = frames.split();
        EvaluatedSplit best = EvaluatedSplit.best(planned);
        DataDigest digest = frames.digest();
        Optional<UnknownUse> unknown = fit.doubt(best, planned, digest).map(why -> UnknownUse.ofPlan(best, why));
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
     * The pictures of a list; those without a group are of the group that the list is called.
     *
     * @param said what they were used for, if anybody says
     */
    static EvaluatedFrames ofList(Path list, @Nullable EvaluatedSplit said) throws IOException {
        String name = String.valueOf(list.getFileName());
        List<LabelledFrame> frames = SampleList.read(list).frames(name);
        Optional<UnknownUse> unsaid = said == null ? Optional.of(UnknownUse.ofList(name)) : Optional.empty();
        return ofOnePart(new FrameSet(frames, 0), said, unsaid, new DataDigest());
    }

    private static EvaluatedFrames ofOnePart(
            FrameSet frames, @Nullable EvaluatedSplit said, Optional<UnknownUse> unknown, DataDigest digest) {
        EvaluatedSplit part = said == null ? EvaluatedSplit.TEST : said;
        return new EvaluatedFrames(
                part.only(frames.frames()), part, unknown, frames, FrameTimes.NONE, digest, List.of(), List.of());
    }

    /** That part of a plan's frames, which may not be those of the fit. */
    static EvaluatedFrames ofPlan(TrainingPlan plan, EvaluatedSplit chosen, Fit fit) throws IOException {
        PlannedFrames planned = PlannedFrames.find(
                plan.data().orElseThrow(() -> new PlanException("data: required to evaluate its frames")));
        chosen.requireFrames(planned.split());
        DataDigest digest = new DataDigest();
        return new EvaluatedFrames(
                chosen.only(chosen.frames(planned.split())),
                chosen,
                fit.doubt(chosen, planned.split(), digest).map(why -> UnknownUse.ofPlan(chosen, why)),
                planned.all(),
                planned.times(),
                digest,
                planned.warnings(digest),
                List.of());
    }

    /** With the times of a list. */
    EvaluatedFrames at(FrameTimes known) {
        return new EvaluatedFrames(split, chosen, unknown, found, known, digest, warnings, subsets);
    }

    /** With figures of these groups. */
    EvaluatedFrames with(List<GroupSubset> groups) {
        return new EvaluatedFrames(split, chosen, unknown, found, times, digest, warnings, groups);
    }

    /** The chosen part, as reports call it. */
    String part() {
        return unknown.map(UnknownUse::part).orElse("split " + chosen);
    }

    /** Whether these are the frames that are looked at while fitting. */
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
