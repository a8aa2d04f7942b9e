package io.scopegate.trainer.network;

/**
 * A square convolution without bias, followed by a batch norm.
 *
 * @param key state-dict key of the convolution, without {@code .weight}
 * @param normKey state-dict key of the batch norm, without the tensor's name
 * @param window kernel, stride and padding
 * @param in input channels
 * @param out output channels
 */
public record Convolution(String key, String normKey, Window window, int in, int out) {

    /** Added to the variance of every batch norm. */
    public static final double NORM_EPSILON = 1e-5;

    public String weight() {
        return key + ".weight";
    }

    public String normWeight() {
        return normKey + ".weight";
    }

    public String normBias() {
        return normKey + ".bias";
    }

    public String runningMean() {
        return normKey + ".running_mean";
    }

    public String runningVariance() {
        return normKey + ".running_var";
    }

    /** The window of a square convolution, in elements. */
    public record Window(int kernel, int stride, int padding) {

        static Window pointwise(int stride) {
            return new Window(1, stride, 0);
        }
    }
}
