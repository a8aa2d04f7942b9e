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
 * The network's tensors in the engine's memory. Also runs the network on them. Owns the tensors' memory until closed.
 * Used by one thread at a time.
 */
public final class Parameters implements AutoCloseable {

    private static final Shape ONE_FRAME =
            new Shape(1, InputShape.CHANNELS, InputShape.REFERENCE.width(), InputShape.REFERENCE.height());

    private final SeResNet network;
    private final NDManager manager;
    private final Frozen frozen;
    private final SequencedMap<String, Parameter> parameters = new LinkedHashMap<>();

    /**
     * Copies values into the engine; nothing is frozen.
     *
     * @see #Parameters(NDManager, StateDict, DataType, Frozen)
     */
    public Parameters(NDManager parent, StateDict values, DataType type) {
        this(parent, values, type, Frozen.NOTHING);
    }

    /**
     * Copies values into the engine.
     *
     * @param parent manager on the device to use; closing it closes these tensors, too
     * @param values values of every tensor
     * @param type FLOAT32, or FLOAT64 to compare a computation with another one to many digits
     * @param frozen the part that training does not change
     */
    public Parameters(NDManager parent, StateDict values, DataType type, Frozen frozen) {
        this.frozen = frozen;
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
        return new Parameter(tensor, array, frozen.leavesToFit(tensor));
    }

    /**
     * Returns the logits of a batch.
     *
     * @param input batch {@code [N, 3, 256, 256]} of these parameters' type; its manager owns all computed arrays
     * @param mode whether gradients are recorded and batch norms use the batch's statistics
     */
    public NDArray logits(NDArray input, Mode mode) {
        return network.logits(layers(mode), pixelOrder().arrange(input));
    }

    /**
     * Returns the logits of one frame. Batch norms use their running statistics.
     *
     * @param tensor input tensor, 3 x 256 x 256
     */
    public float[] logits(float[] tensor) {
        try (NDManager scratch = manager.newSubManager()) {
            NDArray input = scratch.create(tensor, ONE_FRAME);
            return logits(input, Mode.INFERENCE).toFloatArray();
        }
    }

    /** Returns the parameters that are fitted, in definition order. */
    public List<Parameter> trainable() {
        return parameters.values().stream()
                .filter(p -> frozen.leavesToFit(p.tensor()))
                .toList();
    }

    /**
     * Returns the parameters that training changes, including running statistics of batch norms, in definition order.
     */
    public List<Parameter> changing() {
        return parameters.values().stream()
                .filter(p -> frozen.leavesToChange(p.tensor()))
                .toList();
    }

    /** Returns all parameters, including running statistics of batch norms, in definition order. */
    public List<Parameter> all() {
        return List.copyOf(parameters.values());
    }

    /** Copies the values out of the engine, as float32. */
    public StateDict stateDict() {
        return StateDict.of(network, tensor -> {
            try (NDArray copy = parameter(tensor.key()).values().toType(DataType.FLOAT32, true)) {
                return copy.toFloatArray();
            }
        });
    }

    /**
     * Whether the batch norm after this convolution uses the batch's statistics, and updates its running statistics.
     */
    boolean normalizesByBatch(Convolution layer, Mode mode) {
        return mode == Mode.TRAINING && !frozen.statisticsOf(layer);
    }

    PixelOrder pixelOrder() {
        return PixelOrder.on(manager.getDevice());
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
        /**
         * Batch norms use the batch's statistics and update their running ones, unless frozen; gradients are recorded.
         */
        TRAINING,
        /** Batch norms use their running statistics; no gradients are recorded. */
        INFERENCE
    }

    /** One tensor of the network in the engine's memory. */
    public static final class Parameter {

        private final TensorSpec tensor;
        private final NDArray values;
        private NDArray leaf;

        private Parameter(TensorSpec tensor, NDArray values, boolean fitted) {
            this.tensor = tensor;
            this.values = values;
            this.leaf = fitted ? newLeaf() : values;
        }

        /** Returns which tensor of the network this is. */
        public TensorSpec tensor() {
            return tensor;
        }

        /** Returns the array that gradients are recorded for; {@link #forgetGradient} replaces it. */
        public NDArray leaf() {
            return leaf;
        }

        /** Returns an array on the same memory without gradients, which an optimiser may change in place. */
        public NDArray values() {
            return values;
        }

        /**
         * Replaces the leaf, so that the next gradient is not added to the previous one. This is cheaper than setting
         * the gradient to zeros, to which the engine would then add. Only for fitted parameters.
         */
        public void forgetGradient() {
            leaf.close();
            leaf = newLeaf();
        }

        private NDArray newLeaf() {
            NDArray made = values.stopGradient();
            made.setRequiresGradient(true);
            return made;
        }
    }
}
