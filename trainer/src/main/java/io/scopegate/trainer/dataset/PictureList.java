package io.scopegate.trainer.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Pictures to be classified. The format is that of a {@link SampleList}, except that any entry may lack the label.
 *
 * @param pictures pictures in the order of the file
 */
public record PictureList(List<Picture> pictures) {

    public PictureList {
        pictures = List.copyOf(pictures);
    }

    /**
     * One entry.
     *
     * @param image path as written in the list; without line breaks, because its prediction is written as one line
     * @param file file of the picture
     * @param label what the picture shows, if the list states it
     */
    public record Picture(String image, Path file, Optional<Label> label) {}

    /**
     * Reads a list.
     *
     * @throws IOException in the cases of {@link SampleList#read}, except for a missing label; also if a path has a
     *     line break
     */
    public static PictureList read(Path list) throws IOException {
        return new SampleListReader(list).pictures();
    }
}
