package io.scopegate.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import io.scopegate.trainer.network.Convolution.Window;
import io.scopegate.trainer.network.Parameters.Mode;

/**
 * Computes the layers on the engine. The inputs of batch norm, relu, max pool and scale, and the second input of add,
 * are freed at once and not only at the end of the step, since the network does not use them again. This halves the
 * memory of a step. The engine itself keeps what it needs for their gradients.
 */
final class EngineLayers implements Layers<NDArray> {

    /** Share of the running statistics that a training batch keeps; PyTorch's momentum is 1 minus this. */
    static final float NORM_MOMENTUM = 0.9f;

    private static final int CHANNEL_AXIS = 1;
    private static final Shape POOL = new Shape(3, 3);
    private static final Shape POOL_STRIDE = new Shape(2, 2);
    private static final Shape NO_PADDING = new Shape(0, 0);
    private static final Shape NO_DILATION = new Shape(1, 1);

    private final Parameters parameters;
    private final Mode mode;
    private final PixelOrder order;

    EngineLayers(Parameters parameters, Mode mode) {
        this.parameters = parameters;
        this.mode = mode;
        this.order = parameters.pixelOrder();
    }

    @Override
    public NDArray convolution(Convolution layer, NDArray input) {
        try (NDArray sums = sums(layer, input)) {
            return norm(layer, sums);
        }
    }

    /** Computes the convolution without its batch norm. */
    NDArray sums(Convolution layer, NDArray input) {
        Window window = layer.window();
        if (window.kernel() > 1 || window.stride() == 1) {
            return sums(layer, input, window.stride());
        }
        // The convolution itself is done without a stride, because the gradient of a strided one ends the process on
        // some CPUs. See "Why is a strided 1x1 convolution done in two steps?" in the rationale.
        try (NDArray seen = order.everyNth(input, window.stride())) {
            return sums(layer, seen, 1);
        }
    }

    private NDArray sums(Convolution layer, NDArray input, int stride) {
        int padding = layer.window().padding();
        return input.getNDArrayInternal()
                .convolution(
                        input,
                        array(layer.weight()),
                        null,
                        new Shape(stride, stride),
                        new Shape(padding, padding),
                        NO_DILATION,
                        1)
                .singletonOrThrow();
    }

    private NDArray norm(Convolution layer, NDArray sums) {
        return BatchNorm.batchNorm(
                        sums,
                        array(layer.runningMean()),
                        array(layer.runningVariance()),
                        array(layer.normWeight()),
                        array(layer.normBias()),
                        CHANNEL_AXIS,
                        NORM_MOMENTUM,
                        (float) Convolution.NORM_EPSILON,
                        normalizesByBatch(layer))
                .singletonOrThrow();
    }

    boolean normalizesByBatch(Convolution layer) {
        return parameters.normalizesByBatch(layer, mode);
    }

    @Override
    public NDArray dense(Dense layer, NDArray input) {
        return Linear.linear(input, array(layer.weight()), array(layer.bias())).singletonOrThrow();
    }

    @Override
    public NDArray relu(NDArray input) {
        try (input) {
            return Activation.relu(input);
        }
    }

    @Override
    public NDArray sigmoid(NDArray input) {
        return Activation.sigmoid(input);
    }

    @Override
    public NDArray maxPool(NDArray input) {
        try (input) {
            return Pool.maxPool2d(input, POOL, POOL_STRIDE, NO_PADDING, true);
        }
    }

    @Override
    public NDArray globalAveragePool(NDArray input) {
        return order.mean(input);
    }

    @Override
    public NDArray scale(NDArray input, NDArray factors) {
        try (input) {
            return input.mul(factors.expandDims(2).expandDims(3));
        }
    }

    @Override
    public NDArray add(NDArray first, NDArray second) {
        try (second) {
            return first.addi(second);
        }
    }

    NDArray array(String key) {
        Parameters.Parameter parameter = parameters.parameter(key);
        return mode == Mode.TRAINING ? parameter.leaf() : parameter.values();
    }
}
