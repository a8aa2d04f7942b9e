package io.scopegate.bundle.preprocess;

/**
 * The input tensor of one frame: {@code 3 x width x height}, float32. Axis 1 is the picture's x and axis 2 its y,
 * since the reference network is trained on transposed pictures.
 *
 * @param width elements of axis 1
 * @param height elements of axis 2
 */
public record InputShape(int width, int height) {

    /** 256 x 256, the size of the reference network's input. */
    public static final InputShape REFERENCE = new InputShape(256, 256);

    public static final int CHANNELS = 3;

    public InputShape {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("input shape: at least 1x1, not " + width + "x" + height);
        }
    }

    /** Returns the number of elements in the tensor of one frame. */
    public int elements() {
        return CHANNELS * width * height;
    }
}
