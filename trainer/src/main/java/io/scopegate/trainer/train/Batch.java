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
 * The frames of one update, or a part of them, in Java memory.
 *
 * @param tensors one after the other
 * @param labels one each
 * @param targets {@code [N, classes]}, what the log-probabilities are multiplied by; see {@link Targets}
 * @param shape of each tensor
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

    /** The frames from {@code first} to before {@code end}. */
    Batch part(int first, int end) {
        return new Batch(
                Arrays.copyOfRange(tensors, first * shape.elements(), end * shape.elements()),
                labels.subList(first, end),
                Arrays.copyOfRange(targets, first * CLASSES, end * CLASSES),
                shape);
    }

    /** Equal parts, one after the other. */
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
