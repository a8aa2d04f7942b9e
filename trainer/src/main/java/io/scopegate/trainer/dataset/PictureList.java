package io.scopegate.trainer.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Pictures to be classified, of which nobody has to know what they show: a {@link SampleList} whose entries may lack the
 * label, each of them by itself.
 *
 * @param pictures in the order of the file
 */
public record PictureList(List<Picture> pictures) {

    public PictureList {
        pictures = List.copyOf(pictures);
    }

    /**
     * One entry.
     *
     * @param image the path as written in the list, without line breaks: what is answered to it is written as one line
     * @param file where the picture is
     * @param label what it shows, where the list says it
     */
    public record Picture(String image, Path file, Optional<Label> label) {}

    /**
     * Reads a list.
     *
     * @throws IOException as of {@link SampleList#read}, but for an entry without a label; and if a path has a line break
     */
    public static PictureList read(Path list) throws IOException {
        return new SampleListReader(list).pictures();
    }
}
