package io.scopegate.trainer.cli;

import io.scopegate.trainer.cli.EvaluatedModel.GroupsUse;
import io.scopegate.trainer.dataset.FrameFolder;
import io.scopegate.trainer.dataset.FrameManifest;
import io.scopegate.trainer.dataset.FrameSet;
import io.scopegate.trainer.dataset.FrameTimes;
import io.scopegate.trainer.dataset.LabelledFrame;
import io.scopegate.trainer.dataset.SampleList;
import io.scopegate.trainer.dataset.Split;
import io.scopegate.trainer.plan.PlanException;
import io.scopegate.trainer.plan.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Labelled frames to ask a model about.
 *
 * @param split by what the model knows of them
 * @param chosen the part that metrics and report are of; never empty
 * @param list name of a list or folder of which nobody says what its frames were used for; its frames are the chosen part
 * @param found where it was looked for frames, with what was skipped; empty where they were known
 * @param times when frames were taken, where that is known
 */
record EvaluatedFrames(Split split, EvaluatedSplit chosen, Optional<String> list, FrameSet found, FrameTimes times) {

    private static final List<String> MANIFESTS = List.of("MANIFEST.csv", "manifest.csv");

    EvaluatedFrames {
        chosen.requireFrames(split);
    }

    /**
     * The frames of a folder; those that the model knows least of unless a part is chosen.
     *
     * @param use of the model; empty where nobody knows, so that they are what they are said to be, as those of a list
     */
    static EvaluatedFrames ofFolder(Path folder, @Nullable EvaluatedSplit chosen, Optional<GroupsUse> use)
            throws IOException {
        Optional<Path> manifest = MANIFESTS.stream()
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst();
        FrameSet found = manifest.isPresent()
                ? FrameManifest.read(manifest.get())
                : FrameFolder.read(folder, String.valueOf(folder.getFileName()));
        FrameTimes times = manifest.isPresent() ? FrameTimes.readIfPresent(manifest.get()) : FrameTimes.NONE;
        if (use.isEmpty()) {
            return ofUnknownUse(found, String.valueOf(folder.getFileName()), times, chosen);
        }
        Split split = split(found, use.get());
        EvaluatedSplit part = chosen == null ? EvaluatedSplit.best(split) : chosen;
        return new EvaluatedFrames(split, part, Optional.empty(), found, times);
    }

    /** Frames whose use is known. */
    static EvaluatedFrames ofSplit(Split split) {
        return new EvaluatedFrames(
                split, EvaluatedSplit.best(split), Optional.empty(), new FrameSet(List.of(), 0), FrameTimes.NONE);
    }

    /**
     * The pictures of a list; those without a group are of the group that the list is called.
     *
     * @param said what they were used for, if anybody says
     */
    static EvaluatedFrames ofList(Path list, @Nullable EvaluatedSplit said) throws IOException {
        String name = String.valueOf(list.getFileName());
        List<LabelledFrame> frames = SampleList.read(list).frames(name);
        return ofUnknownUse(new FrameSet(frames, 0), name, FrameTimes.NONE, said);
    }

    private static EvaluatedFrames ofUnknownUse(
            FrameSet frames, String name, FrameTimes times, @Nullable EvaluatedSplit said) {
        EvaluatedSplit part = said == null ? EvaluatedSplit.TEST : said;
        Optional<String> unsaid = said == null ? Optional.of(name) : Optional.empty();
        return new EvaluatedFrames(part.only(frames.frames()), part, unsaid, frames, times);
    }

    /** That part of a plan's frames. */
    static EvaluatedFrames ofPlan(TrainingPlan plan, EvaluatedSplit chosen) throws IOException {
        PlannedFrames planned = PlannedFrames.find(
                plan.data().orElseThrow(() -> new PlanException("data: frames to evaluate on, not absent")));
        chosen.requireFrames(planned.split());
        return new EvaluatedFrames(
                chosen.only(chosen.frames(planned.split())), chosen, Optional.empty(), planned.all(), FrameTimes.NONE);
    }

    /** With the times of a list. */
    EvaluatedFrames at(FrameTimes known) {
        return new EvaluatedFrames(split, chosen, list, found, known);
    }

    /** The chosen part, as reports call it. */
    String part() {
        return list.map(name -> "list " + name).orElse("split " + chosen);
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

    /** Groups that the model was neither fitted to nor chosen by are held out. */
    private static Split split(FrameSet found, GroupsUse use) {
        List<LabelledFrame> fitted = new ArrayList<>();
        List<LabelledFrame> chosenBy = new ArrayList<>();
        List<LabelledFrame> unseen = new ArrayList<>();
        for (LabelledFrame frame : found.frames()) {
            boolean looked = use.chosenBy().test(frame.group());
            boolean seen = use.fittedTo().test(frame.group());
            (looked ? chosenBy : seen ? fitted : unseen).add(frame);
        }
        return new Split(fitted, chosenBy, unseen);
    }
}
