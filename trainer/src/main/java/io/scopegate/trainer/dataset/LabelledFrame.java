package io.scopegate.trainer.dataset;

import java.nio.file.Path;
import java.util.Optional;

/**
 * One frame on disk whose label is known.
 *
 * @param file JPEG or PNG file
 * @param label what the frame shows
 * @param group origin of the frame, for example its video; frames of one group resemble each other
 * @param grouped whether the group was stated; otherwise it is only the name of the list or folder
 */
public record LabelledFrame(Path file, Label label, String group, boolean grouped) {

    /** Creates a frame with a stated group. */
    public LabelledFrame(Path file, Label label, String group) {
        this(file, label, group, true);
    }

    /** Returns the group if it was stated. */
    public Optional<String> statedGroup() {
        return grouped ? Optional.of(group) : Optional.empty();
    }
}
