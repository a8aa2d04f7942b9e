package io.scopegate.trainer.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.scopegate.bundle.preprocess.InputShape;
import io.scopegate.trainer.dataset.Label;
import io.scopegate.trainer.dataset.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The frames of one update in Java memory.
 *
 * @param tensors one after the other
 * @param labels one each
 */
record Batch(float[] tensors, List<Label> labels) {

    private static final InputShape SHAPE = InputShape.REFERENCE;

    static Batch draw(Samples samples, int[] indices, RandomGenerator random) {
        float[] tensors = new float[indices.length * SHAPE.elements()];
        float[] one = new float[SHAPE.elements()];
        List<Label> labels = new ArrayList<>();
        for (int k = 0; k < indices.length; k++) {
            samples.draw(indices[k], random, one);
            System.arraycopy(one, 0, tensors, k * one.length, one.length);
            labels.add(samples.frame(indices[k]).label());
        }
        return new Batch(tensors, labels);
    }

    static Batch of(LabelledTensors frames, int first, int end) {
        float[] tensors = new float[(end - first) * SHAPE.elements()];
        for (int k = first; k < end; k++) {
            System.arraycopy(frames.tensors().get(k), 0, tensors, (k - first) * SHAPE.elements(), SHAPE.elements());
        }
        return new Batch(tensors, frames.labels().subList(first, end));
    }

    /** Equal parts, one after the other. */
    List<Batch> shards(int count) {
        if (labels.size() % count != 0) {
            throw new IllegalArgumentException(
                    "batch: as many frames for each of " + count + " replicas, not " + labels.size() + " in all");
        }
        int frames = labels.size() / count;
        return IntStream.range(0, count).mapToObj(k -> part(k * frames, frames)).toList();
    }

    private Batch part(int first, int frames) {
        int elements = SHAPE.elements();
        return new Batch(
                Arrays.copyOfRange(tensors, first * elements, (first + frames) * elements),
                labels.subList(first, first + frames));
    }

    NDArray input(NDManager manager) {
        return manager.create(tensors, new Shape(labels.size(), InputShape.CHANNELS, SHAPE.width(), SHAPE.height()));
    }

    /** 1 at each frame's label, otherwise 0. */
    NDArray targets(NDManager manager) {
        int classes = Label.values().length;
        float[] targets = new float[labels.size() * classes];
        for (int k = 0; k < labels.size(); k++) {
            targets[k * classes + labels.get(k).ordinal()] = 1;
        }
        return manager.create(targets, new Shape(labels.size(), classes));
    }
}
