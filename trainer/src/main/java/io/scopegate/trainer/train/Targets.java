package io.scopegate.trainer.train;

import io.scopegate.trainer.dataset.Label;
import io.scopegate.trainer.plan.FitOptions.Loss;
import io.scopegate.trainer.plan.FitOptions.Objective;
import java.util.List;

/**
 * Computes the factors that the log-probabilities of an update's frames are multiplied by. They include class weights,
 * label smoothing and the division for a mean, as PyTorch's cross-entropy defines them. So the loss is always a plain
 * sum.
 */
final class Targets {

    private static final int CLASSES = Label.values().length;

    private Targets() {}

    /** Returns the factors {@code [N, classes]}, row-major, for all frames of one update. */
    static float[] of(List<Label> labels, Objective objective) {
        double divisor = objective.loss() == Loss.MEAN ? sumOfWeights(labels, objective) : 1;
        double spread = objective.labelSmoothing() / CLASSES;
        float[] targets = new float[labels.size() * CLASSES];
        for (int k = 0; k < targets.length; k++) {
            boolean own = labels.get(k / CLASSES).ordinal() == k % CLASSES;
            double share = spread + (own ? 1 - objective.labelSmoothing() : 0);
            targets[k] = (float) (objective.classWeights().get(k % CLASSES) * share / divisor);
        }
        return targets;
    }

    private static double sumOfWeights(List<Label> labels, Objective objective) {
        return labels.stream()
                .mapToDouble(label -> objective.classWeights().get(label.ordinal()))
                .sum();
    }
}
