package io.scopegate.trainer.network;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;

/**
 * The values of a network's tensors in Java memory, float32, by state-dict key in definition order. Not copied: treat
 * the arrays as read only.
 */
public final class StateDict {

    private final SeResNet network;
    private final SequencedMap<String, float[]> values;

    private StateDict(SeResNet network, SequencedMap<String, float[]> values) {
        this.network = network;
        this.values = values;
    }

    /**
     * Takes each tensor's values, row-major, from a function.
     *
     * @throws IllegalArgumentException if an array has not as many elements as the tensor
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

    /** The network whose tensors these are. */
    public SeResNet network() {
        return network;
    }

    /** The values of one tensor. */
    public float[] values(String key) {
        float[] found = values.get(key);
        if (found == null) {
            throw new IllegalArgumentException("key: one of the network's, not " + key);
        }
        return found;
    }

    /** Number of elements that training changes. */
    public long parameterCount() {
        return network.tensors().stream()
                .filter(TensorSpec::trainable)
                .mapToLong(TensorSpec::elements)
                .sum();
    }

    /** All tensors by key, in definition order. */
    public Map<String, float[]> asMap() {
        return Collections.unmodifiableMap(values);
    }
}
