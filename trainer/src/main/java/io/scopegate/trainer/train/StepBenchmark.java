package io.scopegate.trainer.train;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.scopegate.bundle.preprocess.InputShape;
import io.scopegate.trainer.dataset.Label;
import io.scopegate.trainer.network.KaimingInitialization;
import io.scopegate.trainer.network.Replicas;
import io.scopegate.trainer.network.SeResNet;
import io.scopegate.trainer.plan.FitOptions.Objective;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;

/** Measures the duration of whole updates (forward, backward and Adam) on frames of noise in memory. */
public final class StepBenchmark {

    private static final double LEARNING_RATE = 1e-3;

    /** The first updates take memory from the system, until the C library's allocator has settled on a layout. */
    private static final int WARM_UP = 5;

    private StepBenchmark() {}

    /**
     * Runs some warm-up updates, and then the measured ones.
     *
     * @param network network to fit, from random weights
     * @param frames number of frames in each update
     * @param steps number of measured updates
     * @param seconds receives the duration of each measured update
     */
    public static void run(NDManager engine, SeResNet network, int frames, int steps, DoubleConsumer seconds) {
        Batch batch = noise(frames);
        try (NDManager manager = engine.newSubManager();
                Replicas replicas =
                        new Replicas(List.of(manager), KaimingInitialization.stateDict(network, 1), DataType.FLOAT32)) {
            GradientStep gradients = new ReplicaStep(manager, replicas, false);
            Adam adam = new Adam(manager, replicas.first(), 0);
            for (int k = 0; k < WARM_UP + steps; k++) {
                long begun = System.nanoTime();
                gradients.run(batch);
                try (NDManager scratch = manager.newSubManager()) {
                    adam.update(LEARNING_RATE, scratch);
                }
                if (k >= WARM_UP) {
                    seconds.accept((System.nanoTime() - begun) / 1e9);
                }
            }
        }
    }

    private static Batch noise(int frames) {
        SplittableRandom random = new SplittableRandom(1);
        float[] tensors = new float[frames * InputShape.REFERENCE.elements()];
        for (int k = 0; k < tensors.length; k++) {
            tensors[k] = (float) random.nextGaussian();
        }
        List<Label> labels = IntStream.range(0, frames)
                .mapToObj(k -> Label.values()[k % Label.values().length])
                .toList();
        return new Batch(tensors, labels, Targets.of(labels, Objective.REFERENCE), InputShape.REFERENCE);
    }
}
