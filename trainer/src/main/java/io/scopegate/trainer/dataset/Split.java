package io.scopegate.trainer.dataset;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Frames for training, validation and test. {@link #of} keeps groups whole: frames of one group resemble each other, so
 * a split by file would test on pictures like those that were trained on.
 *
 * @param train frames to fit to
 * @param validation frames that are evaluated during the fit, to choose an epoch; may be empty
 * @param heldOut frames that are evaluated once, after the fit; may be empty
 */
public record Split(List<LabelledFrame> train, List<LabelledFrame> validation, List<LabelledFrame> heldOut) {

    /**
     * Splits frames by group. Groups that are in neither set are for training.
     *
     * @throws IllegalArgumentException if a group is in both sets or has no frame, or if no frame is left for training
     */
    public static Split of(List<LabelledFrame> frames, Set<String> validationGroups, Set<String> heldOutGroups) {
        Set<String> known = frames.stream().map(LabelledFrame::group).collect(Collectors.toSet());
        requireKnown("data.validationGroups", validationGroups, known);
        requireKnown("data.heldOutGroups", heldOutGroups, known);
        Set<String> both = new HashSet<>(validationGroups);
        both.retainAll(heldOutGroups);
        if (!both.isEmpty()) {
            throw new IllegalArgumentException("data.heldOutGroups: also in data.validationGroups: " + both);
        }
        List<LabelledFrame> train = frames.stream()
                .filter(f -> !validationGroups.contains(f.group()) && !heldOutGroups.contains(f.group()))
                .toList();
        if (train.isEmpty()) {
            throw new IllegalArgumentException("data: no training frames");
        }
        return new Split(train, in(frames, validationGroups), in(frames, heldOutGroups));
    }

    private static List<LabelledFrame> in(List<LabelledFrame> frames, Set<String> groups) {
        return frames.stream().filter(f -> groups.contains(f.group())).toList();
    }

    private static void requireKnown(String field, Set<String> named, Set<String> known) {
        Set<String> unknown = new HashSet<>(named);
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(field + ": no frames of the groups " + unknown);
        }
    }
}
