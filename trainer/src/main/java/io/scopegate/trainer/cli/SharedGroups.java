package io.scopegate.trainer.cli;

import io.scopegate.trainer.dataset.LabelledFrame;
import io.scopegate.trainer.dataset.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds groups with frames in several parts of a plan's split, for example a video that is both fitted to and tested
 * on.
 */
final class SharedGroups {

    private final Map<String, List<String>> partsOfGroup = new TreeMap<>();

    private SharedGroups() {}

    /**
     * Returns each shared group with its parts, sorted by group. A group that is only the name of a list or folder does
     * not count.
     */
    static List<String> of(Split split) {
        SharedGroups groups = new SharedGroups();
        groups.add("train", split.train());
        groups.add("validation", split.validation());
        groups.add("test", split.heldOut());
        return groups.shared();
    }

    private void add(String part, List<LabelledFrame> frames) {
        frames.stream()
                .flatMap(frame -> frame.statedGroup().stream())
                .distinct()
                .forEach(group -> partsOfGroup
                        .computeIfAbsent(group, _ -> new ArrayList<>())
                        .add(part));
    }

    private List<String> shared() {
        return partsOfGroup.entrySet().stream()
                .filter(parts -> parts.getValue().size() > 1)
                .map(parts -> "%s in %s".formatted(parts.getKey(), String.join(" and ", parts.getValue())))
                .toList();
    }
}
