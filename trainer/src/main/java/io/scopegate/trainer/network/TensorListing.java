package io.scopegate.trainer.network;

import ai.djl.ndarray.types.Shape;
import io.scopegate.trainer.network.TensorSpec.Role;
import java.util.ArrayList;
import java.util.List;

/** Lists the tensors of the layers, in the order in which the layers are visited. */
final class TensorListing implements Layers<TensorListing.Visited> {

    /** A placeholder for the values between layers, since nothing is computed. */
    enum Visited {
        LAYER
    }

    private final List<TensorSpec> tensors = new ArrayList<>();

    List<TensorSpec> tensors() {
        return List.copyOf(tensors);
    }

    @Override
    public Visited convolution(Convolution layer, Visited input) {
        int kernel = layer.window().kernel();
        Shape channels = new Shape(layer.out());
        add(layer.weight(), new Shape(layer.out(), layer.in(), kernel, kernel), Role.CONVOLUTION_WEIGHT);
        add(layer.normWeight(), channels, Role.NORM_WEIGHT);
        add(layer.normBias(), channels, Role.NORM_BIAS);
        add(layer.runningMean(), channels, Role.RUNNING_MEAN);
        add(layer.runningVariance(), channels, Role.RUNNING_VARIANCE);
        return input;
    }

    @Override
    public Visited dense(Dense layer, Visited input) {
        add(layer.weight(), new Shape(layer.out(), layer.in()), Role.DENSE_WEIGHT);
        add(layer.bias(), new Shape(layer.out()), Role.DENSE_BIAS);
        return input;
    }

    @Override
    public Visited relu(Visited input) {
        return input;
    }

    @Override
    public Visited sigmoid(Visited input) {
        return input;
    }

    @Override
    public Visited maxPool(Visited input) {
        return input;
    }

    @Override
    public Visited globalAveragePool(Visited input) {
        return input;
    }

    @Override
    public Visited scale(Visited input, Visited factors) {
        return input;
    }

    @Override
    public Visited add(Visited first, Visited second) {
        return first;
    }

    private void add(String key, Shape shape, Role role) {
        tensors.add(new TensorSpec(key, shape, role));
    }
}
