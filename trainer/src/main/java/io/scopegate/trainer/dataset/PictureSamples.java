package io.scopegate.trainer.dataset;

import io.scopegate.bundle.frame.Picture;
import io.scopegate.bundle.preprocess.InputShape;
import io.scopegate.bundle.preprocess.Preprocessing;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Frames that are decoded once and augmented at each draw: first as pictures, before the z-score of preprocessing
 * removes their tint, and then as tensors. Used by one thread at a time.
 */
public final class PictureSamples implements Samples {

    private final List<LabelledFrame> frames;
    private final List<Picture> pictures;
    private final List<List<Picture>> byLabel;
    private final Augmentations augmentations;
    private final PictureAugmentation pictureAugmentation;
    private final Preprocessing preprocessing = new Preprocessing(InputShape.REFERENCE);

    private PictureSamples(List<LabelledFrame> frames, List<Picture> pictures, Augmentations augmentations) {
        this.frames = frames;
        this.pictures = pictures;
        this.byLabel = byLabel(frames, pictures);
        this.pictureAugmentation = new PictureAugmentation(augmentations.picture());
        this.augmentations = augmentations;
    }

    /** The augmentation of pictures, and that of the tensors made from them. */
    public record Augmentations(PictureAugmentation.Settings picture, TensorAugmentation tensor) {}

    /**
     * Decodes all frames.
     *
     * @param loader reads the frames
     * @param memory limits the memory of the pictures
     * @throws IOException if a file cannot be decoded or the memory limit is exceeded
     */
    public static PictureSamples load(
            List<LabelledFrame> frames, FrameLoader loader, MemoryLimit memory, Augmentations augmentations)
            throws IOException {
        List<Picture> pictures = new ArrayList<>();
        loader.load(frames, FrameReader::picture, picture -> {
            memory.take(picture.rgb().length, frames.size());
            pictures.add(picture);
        });
        return new PictureSamples(List.copyOf(frames), pictures, augmentations);
    }

    private static List<List<Picture>> byLabel(List<LabelledFrame> frames, List<Picture> pictures) {
        return Arrays.stream(Label.values())
                .map(label -> IntStream.range(0, frames.size())
                        .filter(index -> frames.get(index).label() == label)
                        .mapToObj(pictures::get)
                        .toList())
                .toList();
    }

    @Override
    public int size() {
        return frames.size();
    }

    @Override
    public LabelledFrame frame(int index) {
        return frames.get(index);
    }

    @Override
    public Samples forAnotherThread() {
        return new PictureSamples(frames, pictures, augmentations);
    }

    @Override
    public void draw(int index, RandomGenerator random, float[] tensor) {
        Label label = frames.get(index).label();
        Picture augmented = pictureAugmentation.apply(pictures.get(index), label, byLabel.get(label.ordinal()), random);
        preprocessing.apply(augmented, FloatBuffer.wrap(tensor), 0);
        augmentations.tensor().apply(tensor, random);
    }
}
