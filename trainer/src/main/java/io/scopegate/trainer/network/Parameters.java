package io.scopegate.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.scopegate.bundle.preprocess.InputShape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * The network's tensors in the engine's memory, and the network run on them. Owns that memory until closed. One
 * thread at a time.
 */
public final class Parameters implements AutoCloseable {

    private static final Shape ONE_FRAME =
            new Shape(1, InputShape.CHANNELS, InputShape.REFERENCE.width(), InputShape.REFERENCE.height());

    private final SeResNet network;
    private final NDManager manager;
    private final SequencedMap<String, Parameter> parameters = new LinkedHashMap<>();

    /**
     * Copies values into the engine.
     *
     * @param parent gives the device; closing it closes these tensors too
     * @param values of every tensor
     * @param type FLOAT32, or FLOAT64 where a computation has to be held against another to many digits
     */
    public Parameters(NDManager parent, StateDict values, DataType type) {
        this.network = values.network();
        this.manager = parent.newSubManager();
        try {
            for (TensorSpec tensor : network.tensors()) {
                parameters.put(tensor.key(), parameter(tensor, values, type));
            }
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    private Parameter parameter(TensorSpec tensor, StateDict values, DataType type) {
        Shape shape = tensor.shape();
        NDArray array = manager.create(values.values(tensor.key()), shape).toType(type, false);
        array.setRequiresGradient(tensor.trainable());
        return new Parameter(tensor, array, tensor.trainable() ? array.stopGradient() : array);
    }

    /**
     * The logits of a batch.
     *
     * @param input {@code [N, 3, 256, 256]}, of these parameters' type; what is computed belongs to its manager
     * @param mode whether gradients are recorded and batch norms use the batch's statistics
     */
    public NDArray logits(NDArray input, Mode mode) {
        return network.logits(layers(mode), input);
    }

    /**
     * The logits of one frame, batch norms using their own statistics.
     *
     * @param tensor 3 x 256 x 256
     */
    public float[] logits(float[] tensor) {
        try (NDManager scratch = manager.newSubManager()) {
            NDArray input = scratch.create(tensor, ONE_FRAME);
            return logits(input, Mode.INFERENCE).toFloatArray();
        }
    }

    /** The parameters that training changes, in definition order. */
    public List<Parameter> trainable() {
        return parameters.values().stream().filter(p -> p.tensor().trainable()).toList();
    }

    /** All parameters, the batch norms' statistics among them, in definition order. */
    public List<Parameter> all() {
        return List.copyOf(parameters.values());
    }

    /** Copies the values, as float32, out of the engine. */
    public StateDict stateDict() {
        return StateDict.of(network, tensor -> {
            try (NDArray copy = parameter(tensor.key()).values().toType(DataType.FLOAT32, true)) {
                return copy.toFloatArray();
            }
        });
    }

    Layers<NDArray> layers(Mode mode) {
        return new EngineLayers(this, mode);
    }

    Parameter parameter(String key) {
        Parameter found = parameters.get(key);
        if (found == null) {
            throw new IllegalArgumentException("key: one of the network's, not " + key);
        }
        return found;
    }

    @Override
    public void close() {
        manager.close();
    }

    /** How the network is run. */
    public enum Mode {
        /** Batch norms use the batch's statistics and update their own; gradients are recorded. */
        TRAINING,
        /** Batch norms use their own statistics; no gradients. */
        INFERENCE
    }

    /**
     * One tensor in the engine.
     *
     * @param tensor which it is
     * @param leaf what gradients are recorded for
     * @param values the same memory without gradients: what an optimiser may change in place
     */
    public record Parameter(TensorSpec tensor, NDArray leaf, NDArray values) {}
}
