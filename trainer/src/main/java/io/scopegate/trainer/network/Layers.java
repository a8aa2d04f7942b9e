package io.scopegate.trainer.network;

/**
 * The layers that the network is built of. {@link SeResNet} defines their order; an implementation defines what happens
 * at each: compute it, list its tensors, or write it as a graph node.
 *
 * @param <T> type of the values between layers
 */
public interface Layers<T> {

    /** A convolution without bias, followed by its batch norm. */
    T convolution(Convolution layer, T input);

    T relu(T input);

    T sigmoid(T input);

    /** A max pool: 3x3, stride 2, no padding, output size rounded up. */
    T maxPool(T input);

    /** The mean over both spatial axes: {@code [N, C, H, W]} to {@code [N, C]}. */
    T globalAveragePool(T input);

    /** A fully connected layer with bias: {@code [N, in]} to {@code [N, out]}. */
    T dense(Dense layer, T input);

    /** Multiplies every channel of {@code [N, C, H, W]} by its factor of {@code [N, C]}. */
    T scale(T input, T factors);

    T add(T first, T second);
}
