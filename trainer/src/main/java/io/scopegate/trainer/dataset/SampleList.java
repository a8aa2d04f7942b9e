package io.scopegate.trainer.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Labelled pictures as the reference bundle lists them: a JSON array of {@code {"image": path, "label": 0 or 1}}, where
 * 0 is in body and 1 out of body. A further key {@code group} says where a picture is from; other keys are ignored.
 *
 * @param samples in the order of the file
 */
public record SampleList(List<Sample> samples) {

    public SampleList {
        samples = List.copyOf(samples);
    }

    /**
     * One entry.
     *
     * @param image the path as written in the list
     * @param file where the picture is
     * @param label what it shows
     * @param group where it is from, for example its video; absent in the bundle's lists
     */
    public record Sample(String image, Path file, Label label, Optional<String> group) {

        /** An entry to be written, whose picture is where the path says. */
        public static Sample of(Path image, Label label, Optional<String> group) {
            return new Sample(image.toString(), image, label, group);
        }
    }

    /**
     * Reads a list. A relative path is relative to the working directory, as in the bundle; where no file is there, it
     * is relative to the list's folder.
     *
     * @throws IOException in one line, with the list, the entry (the first is entry 0) and the reason: the file cannot
     *     be read or is not such an array, or is empty; an entry lacks a key, has another label than 0 and 1, names a
     *     picture that is not there, or one that an earlier entry names
     */
    public static SampleList read(Path list) throws IOException {
        return new SampleListReader(list).samples();
    }

    /**
     * Writes the list as the bundle's script does, byte for byte where there are no groups. Replaces the file whole or
     * leaves it as it was.
     */
    public void write(Path list) throws IOException {
        SampleListWriter.write(this, list);
    }

    /**
     * The samples as labelled frames. Those without a group are of the group {@code ungrouped}.
     *
     * @param ungrouped for example the name of the list
     */
    public List<LabelledFrame> frames(String ungrouped) {
        return samples.stream()
                .map(sample -> new LabelledFrame(
                        sample.file(),
                        sample.label(),
                        sample.group().orElse(ungrouped),
                        sample.group().isPresent()))
                .toList();
    }
}
