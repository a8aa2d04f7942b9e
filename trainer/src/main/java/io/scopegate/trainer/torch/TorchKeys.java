package io.scopegate.trainer.torch;

import ai.djl.ndarray.types.Shape;
import io.scopegate.trainer.network.SeResNet;
import io.scopegate.trainer.network.TensorSpec;
import io.scopegate.trainer.network.TensorSpec.Role;
import io.scopegate.trainer.torch.Pickled.Tensor;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/**
 * The keys of PyTorch's state dict: those of the network's tensors and, after each batch norm's running variance, a
 * counter of the batches that went into it. The counter is not used in any computation.
 */
final class TorchKeys {

    private static final String COUNTER = "num_batches_tracked";

    private TorchKeys() {}

    /** Returns the shape of every entry, in PyTorch's order; a counter is a scalar. */
    static SequencedMap<String, Shape> shapes(SeResNet network) {
        SequencedMap<String, Shape> shapes = new LinkedHashMap<>();
        for (TensorSpec tensor : network.tensors()) {
            shapes.put(tensor.key(), tensor.shape());
            if (tensor.role() == Role.RUNNING_VARIANCE) {
                shapes.put(tensor.key().replace("running_var", COUNTER), new Shape());
            }
        }
        return shapes;
    }

    static boolean counter(String key) {
        return key.endsWith("." + COUNTER);
    }

    /**
     * Checks that the tensors are exactly the network's.
     *
     * @throws IOException with the first tensor that is missing, has a wrong type or shape, or is unexpected
     */
    static void require(SeResNet network, Map<String, Tensor> tensors) throws IOException {
        SequencedMap<String, Shape> expected = shapes(network);
        for (var entry : expected.entrySet()) {
            requireFits(entry.getKey(), entry.getValue(), tensors);
        }
        Set<String> unexpected = new LinkedHashSet<>(tensors.keySet());
        unexpected.removeAll(expected.keySet());
        if (!unexpected.isEmpty()) {
            throw new IOException("%s: unexpected; not a key of the SE-ResNet that the others are of (%d such keys)"
                    .formatted(unexpected.iterator().next(), unexpected.size()));
        }
    }

    private static void requireFits(String key, Shape shape, Map<String, Tensor> tensors) throws IOException {
        Tensor tensor = tensors.get(key);
        String expected = (counter(key) ? "int64" : "a floating-point tensor") + " of shape " + shape;
        if (tensor == null) {
            throw new IOException("%s: missing; %s, not absent".formatted(key, expected));
        }
        boolean whole = tensor.storage().type() == ElementType.INT64;
        if (whole != counter(key) || !shape(tensor).equals(shape)) {
            throw new IOException("%s: %s, not %s of shape %s"
                    .formatted(key, expected, tensor.storage().type(), shape(tensor)));
        }
    }

    static Shape shape(Tensor tensor) {
        return new Shape(tensor.shape());
    }
}
