package io.scopegate.trainer.network;

/**
 * What the network is built of. {@link SeResNet} states the order of the layers; an implementation says what a layer
 * does: compute it, list its tensors, or write it as a graph node.
 *
 * @param <T> what flows between layers
 */
public interface Layers<T> {

    /** A convolution without bias, and the batch norm behind it. */
    T convolution(Convolution layer, T input);

    T relu(T input);

    T sigmoid(T input);

    /** 3x3, stride 2, without padding, the output size rounded up. */
    T maxPool(T input);

    /** Mean over both spatial axes: {@code [N, C, H, W]} to {@code [N, C]}. */
    T globalAveragePool(T input);

    /** {@code [N, in]} to {@code [N, out]}, with bias. */
    T dense(Dense layer, T input);

    /** Every channel of {@code [N, C, H, W]} times its factor of {@code [N, C]}. */
    T scale(T input, T factors);

    T add(T first, T second);
}
