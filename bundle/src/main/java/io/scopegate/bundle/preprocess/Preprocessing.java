package io.scopegate.bundle.preprocess;

import io.scopegate.bundle.frame.Picture;
import java.nio.FloatBuffer;

/**
 * Converts a picture to a tensor, as MONAI's {@code endoscopic_inbody_classification} bundle defines it: transpose
 * (axis 1 of the tensor is the picture's x), resize bilinearly with half-pixel centres and without antialiasing on
 * values 0..255, then z-score each channel over its own non-zero elements; zeros stay zero.
 *
 * <p>Not thread-safe: holds planes of scratch memory. Use one instance per thread.
 */
public final class Preprocessing {

    /** Name of this definition in a bundle's manifest. */
    public static final String ID = "transpose-bilinear-zscore-nonzero/1";

    private final InputShape shape;
    private final LevelScores levels = new LevelScores();
    private final ResizedPlanes planes;

    public Preprocessing(InputShape shape) {
        this.shape = shape;
        this.planes = new ResizedPlanes(shape);
    }

    /** Returns the tensor's shape. */
    public InputShape shape() {
        return shape;
    }

    /**
     * Writes the tensor of one picture.
     *
     * @param picture read only
     * @param tensor receives {@code shape().elements()} floats from {@code offset}; position and limit stay as they are
     * @param offset index of the first element
     */
    public void apply(Picture picture, FloatBuffer tensor, int offset) {
        FloatBuffer elements = tensor.slice(offset, shape.elements());
        if (picture.width() == shape.width() && picture.height() == shape.height()) {
            new TransposedLevels(picture, levels.of(picture), elements).write();
        } else {
            PlaneScores.write(planes.of(picture), elements);
        }
    }
}
