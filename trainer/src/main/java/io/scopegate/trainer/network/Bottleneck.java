package io.scopegate.trainer.network;

import io.scopegate.trainer.network.Convolution.Window;

/**
 * The layers of one bottleneck block.
 *
 * @param architecture size of the network
 * @param layer layer of the block, from 1
 * @param index index of the block within the layer, from 0
 */
record Bottleneck(Architecture architecture, int layer, int index) {

    Convolution reduce() {
        return convolution("conv1", Window.pointwise(stride()), new Channels(input(), planes()));
    }

    Convolution spatial(Window window) {
        return convolution("conv2", window, new Channels(planes(), planes()));
    }

    Convolution expand() {
        return convolution("conv3", Window.pointwise(1), new Channels(planes(), output()));
    }

    Dense squeeze() {
        return new Dense(key("se_layer.fc.0"), output(), Architecture.squeezed(output()));
    }

    Dense excite() {
        return new Dense(key("se_layer.fc.2"), Architecture.squeezed(output()), output());
    }

    /** Returns the convolution that fits the residual to the block's output; only a layer's first block has one. */
    Convolution project() {
        return convolution("project", Window.pointwise(stride()), new Channels(input(), output()));
    }

    boolean first() {
        return index == 0;
    }

    private int stride() {
        return first() && layer > 1 ? 2 : 1;
    }

    private int planes() {
        return architecture.planes(layer);
    }

    private int output() {
        return planes() * Architecture.EXPANSION;
    }

    private int input() {
        if (!first()) {
            return output();
        }
        return layer == 1 ? architecture.width() : architecture.planes(layer - 1) * Architecture.EXPANSION;
    }

    private Convolution convolution(String name, Window window, Channels channels) {
        return new Convolution(key(name + ".conv"), key(name + ".adn.N"), window, channels.in, channels.out);
    }

    private String key(String name) {
        return "layer" + layer + "." + index + "." + name;
    }

    private record Channels(int in, int out) {}
}
