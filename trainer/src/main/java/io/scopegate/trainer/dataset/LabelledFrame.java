package io.scopegate.trainer.dataset;

import java.nio.file.Path;
import java.util.Optional;

/**
 * One frame on disk whose label is known.
 *
 * @param file JPEG or PNG
 * @param label what it shows
 * @param group where it is from, for example its video: frames of one group resemble each other
 * @param grouped whether somebody says so; otherwise the group is no more than the name of its list or folder
 */
public record LabelledFrame(Path file, Label label, String group, boolean grouped) {

    /** Of a group that somebody says. */
    public LabelledFrame(Path file, Label label, String group) {
        this(file, label, group, true);
    }

    /** Where it is from, if somebody says. */
    public Optional<String> statedGroup() {
        return grouped ? Optional.of(group) : Optional.empty();
    }
}
