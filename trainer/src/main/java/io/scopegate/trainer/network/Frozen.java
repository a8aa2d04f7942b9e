package io.scopegate.trainer.network;

import java.util.Set;

/**
 * The parts of a network that fitting does not change, bit for bit.
 *
 * @param stages stages whose parameters are not fitted, and whose batch norms use their running statistics unchanged
 * @param statistics whether the batch norms of all stages use their running statistics unchanged
 */
public record Frozen(Set<Stage> stages, boolean statistics) {

    /** Freezes nothing: everything is fitted. */
    public static final Frozen NOTHING = new Frozen(Set.of(), false);

    public Frozen {
        stages = Set.copyOf(stages);
    }

    /** Whether the batch norm after this convolution uses its running statistics in training, too. */
    boolean statisticsOf(Convolution layer) {
        return statistics || has(layer.normKey());
    }

    /** Returns how many elements of a network the optimiser changes. */
    public long fitted(SeResNet network) {
        return network.tensors().stream()
                .filter(this::leavesToFit)
                .mapToLong(TensorSpec::elements)
                .sum();
    }

    /** Whether the optimiser changes this tensor. */
    boolean leavesToFit(TensorSpec tensor) {
        return tensor.trainable() && !has(tensor.key());
    }

    /** Whether training changes this tensor, be it by the optimiser or as a running statistic of a batch norm. */
    boolean leavesToChange(TensorSpec tensor) {
        return !has(tensor.key()) && (tensor.trainable() || !statistics);
    }

    private boolean has(String key) {
        return stages.stream().anyMatch(stage -> stage.has(key));
    }
}
