package io.scopegate.trainer.torch;

import io.scopegate.trainer.torch.Pickled.Sequence;
import io.scopegate.trainer.torch.Pickled.Storage;
import io.scopegate.trainer.torch.Pickled.Tensor;
import io.scopegate.trainer.torch.Pickled.Whole;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Creates a tensor from the arguments of {@code _rebuild_tensor_v2}, if it lies within its storage. */
final class PickledTensor {

    private static final int FEWEST_ARGUMENTS = 6;
    private static final int MOST_ARGUMENTS = 7;
    private static final int MOST_DIMENSIONS = 8;

    private PickledTensor() {}

    /**
     * Returns the tensor.
     *
     * @param arguments storage, offset, shape and strides; then requires-gradient, hooks and metadata, which are
     *     ignored
     * @throws IOException if the arguments are of other types, or the tensor does not lie within its storage
     */
    static Tensor rebuild(Sequence arguments) throws IOException {
        List<Pickled> items = arguments.items();
        if (items.size() >= FEWEST_ARGUMENTS
                && items.size() <= MOST_ARGUMENTS
                && items.get(0) instanceof Storage storage
                && items.get(1) instanceof Whole(long offset)
                && items.get(2) instanceof Sequence shape
                && items.get(3) instanceof Sequence strides) {
            return within(new Tensor(storage, offset, numbers(shape), numbers(strides)));
        }
        throw new IOException("storage, offset, shape and strides of a tensor, not " + arguments.described());
    }

    private static List<Long> numbers(Sequence sequence) throws IOException {
        List<Long> numbers = new ArrayList<>();
        for (Pickled item : sequence.items()) {
            if (!(item instanceof Whole(long value)) || value < 0 || value > Integer.MAX_VALUE) {
                throw new IOException("sizes of 0.." + Integer.MAX_VALUE + ", not " + item.described());
            }
            numbers.add(value);
        }
        if (numbers.size() > MOST_DIMENSIONS) {
            throw new IOException("a tensor of at most " + MOST_DIMENSIONS + " dimensions, not " + numbers.size());
        }
        return numbers;
    }

    /**
     * Checks that a tensor neither reaches beyond its storage nor has more elements. Otherwise, with strides of 0, a
     * few bytes could stand for many values.
     */
    private static Tensor within(Tensor tensor) throws IOException {
        long most = tensor.storage().elements();
        boolean fits =
                tensor.shape().size() == tensor.strides().size() && tensor.offset() >= 0 && tensor.offset() <= most;
        long elements = 1;
        long last = tensor.offset();
        for (int k = 0; fits && k < tensor.shape().size(); k++) {
            long size = tensor.shape().get(k);
            elements *= size;
            last += Math.max(0, size - 1) * tensor.strides().get(k);
            fits = elements <= most && last <= most;
        }
        if (!fits || (elements > 0 && last >= most)) {
            throw new IOException("a tensor within its storage of " + most + " elements, not offset " + tensor.offset()
                    + ", shape " + tensor.shape() + ", strides " + tensor.strides());
        }
        return tensor;
    }
}
