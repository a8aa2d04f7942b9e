package io.scopegate.trainer.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.scopegate.bundle.preprocess.InputShape;
import io.scopegate.trainer.dataset.Label;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The frames of one update, or of a part of it, in Java memory.
 *
 * @param tensors the frames' tensors, one after the other
 * @param labels one label per frame
 * @param targets factors of the log-probabilities, {@code [N, classes]}; see {@link Targets}
 * @param shape shape of each tensor
 */
record Batch(float[] tensors, List<Label> labels, float[] targets, InputShape shape) {

    private static final int CLASSES = Label.values().length;

    static Batch of(LabelledTensors frames, int first, int end) {
        InputShape shape = InputShape.REFERENCE;
        float[] tensors = new float[(end - first) * shape.elements()];
        for (int k = first; k < end; k++) {
            System.arraycopy(frames.tensors().get(k), 0, tensors, (k - first) * shape.elements(), shape.elements());
        }
        return new Batch(tensors, frames.labels().subList(first, end), new float[(end - first) * CLASSES], shape);
    }

    /** Returns the frames from {@code first} (inclusive) to {@code end} (exclusive). */
    Batch part(int first, int end) {
        return new Batch(
                Arrays.copyOfRange(tensors, first * shape.elements(), end * shape.elements()),
                labels.subList(first, end),
                Arrays.copyOfRange(targets, first * CLASSES, end * CLASSES),
                shape);
    }

    /** Splits the batch into parts of equal size, in order. */
    List<Batch> shards(int count) {
        if (labels.size() % count != 0) {
            throw new IllegalArgumentException(
                    "batch: as many frames for each of " + count + " replicas, not " + labels.size() + " in all");
        }
        int frames = labels.size() / count;
        return IntStream.range(0, count)
                .mapToObj(k -> part(k * frames, (k + 1) * frames))
                .toList();
    }

    int size() {
        return labels.size();
    }

    NDArray input(NDManager manager) {
        return manager.create(tensors, new Shape(labels.size(), InputShape.CHANNELS, shape.width(), shape.height()));
    }

    NDArray targets(NDManager manager) {
        return manager.create(targets, new Shape(labels.size(), CLASSES));
    }
}
