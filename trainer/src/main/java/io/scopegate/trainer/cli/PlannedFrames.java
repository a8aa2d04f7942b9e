package io.scopegate.trainer.cli;

import io.scopegate.trainer.dataset.DataDigest;
import io.scopegate.trainer.dataset.FrameFolder;
import io.scopegate.trainer.dataset.FrameLoader;
import io.scopegate.trainer.dataset.FrameManifest;
import io.scopegate.trainer.dataset.FrameSet;
import io.scopegate.trainer.dataset.FrameTimes;
import io.scopegate.trainer.dataset.Label;
import io.scopegate.trainer.dataset.LabelledFrame;
import io.scopegate.trainer.dataset.MemoryLimit;
import io.scopegate.trainer.dataset.PictureSamples;
import io.scopegate.trainer.dataset.PictureSamples.Augmentations;
import io.scopegate.trainer.dataset.SameContent;
import io.scopegate.trainer.dataset.Samples;
import io.scopegate.trainer.dataset.Split;
import io.scopegate.trainer.dataset.TensorSamples;
import io.scopegate.trainer.plan.FitPlan;
import io.scopegate.trainer.plan.FitPlan.Drawing;
import io.scopegate.trainer.plan.FrameSource;
import io.scopegate.trainer.plan.PlanException;
import io.scopegate.trainer.plan.SampleLists;
import io.scopegate.trainer.plan.TrainingPlan.DataPlan;
import io.scopegate.trainer.train.LabelledTensors;
import io.scopegate.trainer.train.TrainingRun.Sources;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The frames that a plan names.
 *
 * @param all frames of all sources
 * @param split the frames split by group, or by list
 * @param sources the source of each group
 * @param shared groups with frames from several sources
 * @param times when the frames were taken, where a manifest says so
 */
record PlannedFrames(FrameSet all, Split split, Sources sources, Set<String> shared, FrameTimes times) {

    static PlannedFrames find(DataPlan plan) throws IOException {
        PlannedFrames frames = plan.lists().isPresent() ? listed(plan.lists().get()) : grouped(plan);
        for (Label label : Label.values()) {
            if (frames.split.train().stream().noneMatch(frame -> frame.label() == label)) {
                throw new PlanException("data: no training frames with the label " + label.text());
            }
        }
        return frames;
    }

    private static PlannedFrames listed(SampleLists lists) throws IOException {
        ListedFrames listed = new ListedFrames();
        Split split = new Split(
                listed.read("data.train", Optional.of(lists.train())),
                listed.read("data.validation", lists.validation()),
                listed.read("data.test", lists.test()));
        Map<String, Integer> oneSource = new LinkedHashMap<>();
        split.train().forEach(frame -> oneSource.put(frame.group(), 0));
        return new PlannedFrames(
                new FrameSet(listed.all(), 0), split, new Sources(oneSource, List.of(1.0)), Set.of(), FrameTimes.NONE);
    }

    private static PlannedFrames grouped(DataPlan plan) throws IOException {
        List<FrameSet> sets = new ArrayList<>();
        Map<String, Integer> sourceOfGroup = new LinkedHashMap<>();
        Set<String> shared = new TreeSet<>();
        FrameOrigins origins = new FrameOrigins();
        FrameTimes times = FrameTimes.NONE;
        for (FrameSource source : plan.sources()) {
            FrameSet set = read(source);
            origins.add("data.sources." + sets.size(), set.frames());
            for (LabelledFrame frame : set.frames()) {
                Integer earlier = sourceOfGroup.putIfAbsent(frame.group(), sets.size());
                if (earlier != null && earlier != sets.size()) {
                    shared.add(frame.group());
                }
            }
            sets.add(set);
            times = times.and(times(source).of(set.frames()));
        }
        FrameSet all = FrameSet.concat(sets);
        Split split = Split.of(all.frames(), Set.copyOf(plan.validationGroups()), Set.copyOf(plan.heldOutGroups()));
        List<Double> weights = plan.sources().stream().map(FrameSource::weight).toList();
        return new PlannedFrames(all, split, new Sources(sourceOfGroup, weights), shared, times);
    }

    private void requireOneSourceForEachGroup() {
        for (LabelledFrame frame : split.train()) {
            if (shared.contains(frame.group())) {
                throw new PlanException(
                        "data.sources: the group %s is in several sources, which fit.drawing balanced does not allow"
                                .formatted(frame.group()));
            }
        }
    }

    /**
     * Returns warnings about frames that are not certainly wrong but may distort the figures: copies of a picture, and
     * groups in several parts.
     */
    List<DataWarning> warnings(DataDigest digest) {
        SameContent same = SameContent.of(split, digest);
        List<DataWarning> warnings = new ArrayList<>();
        warn(
                warnings,
                "the same picture, byte for byte, in several of train, validation and test, so the figures are too"
                        + " optimistic",
                same.inSeveralSplits());
        warn(
                warnings,
                "the same picture, byte for byte, with both labels; one label must be wrong",
                same.withBothLabels());
        warn(
                warnings,
                "the same group in several of train, validation and test; its frames resemble each other, so the"
                        + " figures are too optimistic",
                SharedGroups.of(split));
        return warnings;
    }

    private static void warn(List<DataWarning> warnings, String what, List<String> cases) {
        if (!cases.isEmpty()) {
            warnings.add(new DataWarning(what, cases));
        }
    }

    private static FrameTimes times(FrameSource source) throws IOException {
        return source instanceof FrameSource.Manifest manifest
                ? FrameTimes.readIfPresent(manifest.csv())
                : FrameTimes.NONE;
    }

    private static FrameSet read(FrameSource source) throws IOException {
        return switch (source) {
            case FrameSource.Manifest manifest -> FrameManifest.read(manifest.csv());
            case FrameSource.Rendered rendered -> RenderedSource.read(rendered);
            case FrameSource.Folder folder -> FrameFolder.read(folder.folder(), folder.group());
        };
    }

    /**
     * The decoded frames of a fit.
     *
     * @param samples samples to fit to
     * @param validation tensors to validate with
     */
    record Decoded(Samples samples, LabelledTensors validation) {}

    /**
     * Decodes the training and validation frames.
     *
     * @param progress shows the progress
     * @throws IOException if a frame cannot be decoded or the memory does not suffice
     * @throws PlanException if draws are balanced and a training group is in several sources
     */
    Decoded load(DataPlan plan, FitPlan fit, Progress progress) throws IOException {
        if (fit.drawing() == Drawing.BALANCED) {
            requireOneSourceForEachGroup();
        }
        MemoryLimit memory = new MemoryLimit((long) plan.memoryMiB() << 20);
        int frames = split.train().size() + split.validation().size();
        // Only tensors can be checked here: the size of pictures is not known before they are decoded.
        memory.requireTensors(
                fit.pictureAugmentation().isEmpty()
                        ? frames
                        : split.validation().size());
        FrameLoader loader = new FrameLoader(plan.loaders(), progress.of("decoding", frames));
        LabelledTensors validation = LabelledTensors.load(split.validation(), loader, memory);
        if (fit.pictureAugmentation().isEmpty()) {
            return new Decoded(TensorSamples.load(split.train(), loader, memory, fit.tensorAugmentation()), validation);
        }
        Augmentations augmentations =
                new Augmentations(fit.pictureAugmentation().get(), fit.tensorAugmentation());
        return new Decoded(PictureSamples.load(split.train(), loader, memory, augmentations), validation);
    }
}
