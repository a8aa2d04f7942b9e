package io.scopegate.trainer.prepare;

import io.scopegate.bundle.file.FileFault;
import io.scopegate.bundle.model.Digests;
import io.scopegate.trainer.dataset.FrameReader;
import io.scopegate.trainer.dataset.LabelledFrame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Pictures, each decoded once in the same way as training and server do.
 *
 * @param readable the pictures that can be decoded, in the order given
 * @param unreadable for each other picture its path and why it cannot be decoded
 * @param digests SHA-256 of the readable files
 * @param traits number of readable pictures with each peculiarity
 */
public record Inspection(
        List<LabelledFrame> readable,
        List<String> unreadable,
        Map<Path, String> digests,
        Map<PictureTrait, Integer> traits) {

    /**
     * Decodes all pictures.
     *
     * @param done receives the number of pictures done, after each
     */
    public static Inspection of(List<LabelledFrame> pictures, IntConsumer done) {
        Inspection all = new Inspection(
                new ArrayList<>(), new ArrayList<>(), new HashMap<>(), new EnumMap<>(PictureTrait.class));
        try (FrameReader reader = new FrameReader()) {
            for (int k = 0; k < pictures.size(); k++) {
                all.add(pictures.get(k), reader);
                done.accept(k + 1);
            }
        }
        return all;
    }

    private void add(LabelledFrame picture, FrameReader reader) {
        try {
            reader.picture(picture.file());
            byte[] bytes = Files.readAllBytes(picture.file());
            digests.put(picture.file(), Digests.sha256(bytes));
            PictureTrait.of(bytes).forEach(trait -> traits.merge(trait, 1, Integer::sum));
            readable.add(picture);
        } catch (IOException e) {
            unreadable.add(FileFault.text(e));
        }
    }
}
