package io.scopegate.trainer.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Labelled pictures in the reference bundle's format: a JSON array of {@code {"image": path, "label": 0 or 1}}, where 0
 * is in body and 1 out of body. An optional key {@code group} states a picture's origin; other keys are ignored.
 *
 * @param samples samples in the order of the file
 */
public record SampleList(List<Sample> samples) {

    public SampleList {
        samples = List.copyOf(samples);
    }

    /**
     * One entry.
     *
     * @param image path as written in the list
     * @param file file of the picture
     * @param label what the picture shows
     * @param group origin of the picture, for example its video; absent in the bundle's lists
     */
    public record Sample(String image, Path file, Label label, Optional<String> group) {

        /** Returns an entry to be written; the path is written as it is. */
        public static Sample of(Path image, Label label, Optional<String> group) {
            return new Sample(image.toString(), image, label, group);
        }
    }

    /**
     * Reads a list. A relative path is relative to the working directory, as in the bundle, or, if there is no such
     * file, to the list's folder.
     *
     * @throws IOException if the file cannot be read, is not such an array or is empty, or if an entry lacks a key, has
     *     another label than 0 and 1, or names a picture that does not exist or that an earlier entry names; the
     *     one-line message has the list, the entry (counted from 0) and the reason
     */
    public static SampleList read(Path list) throws IOException {
        return new SampleListReader(list).samples();
    }

    /**
     * Writes the list in the format of the bundle's script, byte for byte if there are no groups. Replaces the file as
     * a whole, or leaves it unchanged if that fails.
     */
    public void write(Path list) throws IOException {
        SampleListWriter.write(this, list);
    }

    /**
     * Returns the samples as labelled frames.
     *
     * @param ungrouped group of the samples that state none, for example the name of the list
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
