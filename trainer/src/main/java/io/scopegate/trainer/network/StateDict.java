package io.scopegate.trainer.network;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;

/**
 * The values of a network's tensors in Java memory, as float32, by state-dict key in definition order. The arrays are
 * not copied; treat them as read-only.
 */
public final class StateDict {

    private final SeResNet network;
    private final SequencedMap<String, float[]> values;

    private StateDict(SeResNet network, SequencedMap<String, float[]> values) {
        this.network = network;
        this.values = values;
    }

    /**
     * Creates a state dict from a function that returns each tensor's values, row-major.
     *
     * @throws IllegalArgumentException if an array does not have as many elements as its tensor
     */
    public static StateDict of(SeResNet network, Function<TensorSpec, float[]> source) {
        SequencedMap<String, float[]> values = new LinkedHashMap<>();
        for (TensorSpec tensor : network.tensors()) {
            float[] elements = source.apply(tensor);
            if (elements.length != tensor.elements()) {
                throw new IllegalArgumentException(
                        tensor.key() + ": " + tensor.elements() + " elements, not " + elements.length);
            }
            values.put(tensor.key(), elements);
        }
        return new StateDict(network, values);
    }

    /** Returns the network that the tensors belong to. */
    public SeResNet network() {
        return network;
    }

    /** Returns the values of one tensor. */
    public float[] values(String key) {
        float[] found = values.get(key);
        if (found == null) {
            throw new IllegalArgumentException("key: one of the network's, not " + key);
        }
        return found;
    }

    /** Returns the number of trainable elements, which excludes the running statistics of batch norms. */
    public long parameterCount() {
        return network.tensors().stream()
                .filter(TensorSpec::trainable)
                .mapToLong(TensorSpec::elements)
                .sum();
    }

    /** Returns the values of all tensors by key, in definition order. */
    public Map<String, float[]> asMap() {
        return Collections.unmodifiableMap(values);
    }
}
