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
    private final Frozen frozen;
    private final SequencedMap<String, Parameter> parameters = new LinkedHashMap<>();

    /**
     * Copies values into the engine, all of them to be fitted.
     *
     * @see #Parameters(NDManager, StateDict, DataType, Frozen)
     */
    public Parameters(NDManager parent, StateDict values, DataType type) {
        this(parent, values, type, Frozen.NOTHING);
    }

    /**
     * Copies values into the engine.
     *
     * @param parent gives the device; closing it closes these tensors too
     * @param values of every tensor
     * @param type FLOAT32, or FLOAT64 where a computation has to be held against another to many digits
     * @param frozen what training leaves as it is
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
     * The logits of a batch.
     *
     * @param input {@code [N, 3, 256, 256]}, of these parameters' type; what is computed belongs to its manager
     * @param mode whether gradients are recorded and batch norms use the batch's statistics
     */
    public NDArray logits(NDArray input, Mode mode) {
        return network.logits(layers(mode), pixelOrder().arrange(input));
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

    /** The parameters that are fitted, in definition order. */
    public List<Parameter> trainable() {
        return parameters.values().stream()
                .filter(p -> frozen.leavesToFit(p.tensor()))
                .toList();
    }

    /** The parameters that training changes, the batch norms' statistics among them, in definition order. */
    public List<Parameter> changing() {
        return parameters.values().stream()
                .filter(p -> frozen.leavesToChange(p.tensor()))
                .toList();
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

    /** Whether the batch norm behind this convolution uses the statistics of the batch, and keeps them. */
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
        /** Batch norms use the batch's statistics and update their own, unless frozen; gradients are recorded. */
        TRAINING,
        /** Batch norms use their own statistics; no gradients. */
        INFERENCE
    }

    /** One tensor in the engine. */
    public static final class Parameter {

        private final TensorSpec tensor;
        private final NDArray values;
        private NDArray leaf;

        private Parameter(TensorSpec tensor, NDArray values, boolean fitted) {
            this.tensor = tensor;
            this.values = values;
            this.leaf = fitted ? newLeaf() : values;
        }

        /** Which it is. */
        public TensorSpec tensor() {
            return tensor;
        }

        /** What gradients are recorded for, until they are forgotten. */
        public NDArray leaf() {
            return leaf;
        }

        /** The same memory without gradients: what an optimiser may change in place. */
        public NDArray values() {
            return values;
        }

        /**
         * Ends this leaf, so that the next gradient is not added to what there was. Cheaper than a gradient of zeros, to
         * which the engine would add. Only for what is fitted.
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
