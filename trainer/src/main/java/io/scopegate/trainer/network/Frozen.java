package io.scopegate.trainer.network;

import java.util.Set;

/**
 * What fitting leaves as it is, bit by bit.
 *
 * @param stages whose parameters are not fitted, and whose batch norms use and keep their own statistics
 * @param statistics whether the batch norms of all stages use and keep their own statistics
 */
public record Frozen(Set<Stage> stages, boolean statistics) {

    /** Everything is fitted. */
    public static final Frozen NOTHING = new Frozen(Set.of(), false);

    public Frozen {
        stages = Set.copyOf(stages);
    }

    /** Whether the batch norm behind this convolution uses its own statistics in training as well. */
    boolean statisticsOf(Convolution layer) {
        return statistics || has(layer.normKey());
    }

    /** How many elements of a network the optimiser changes. */
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

    /** Whether training changes this tensor, batch norms' statistics included. */
    boolean leavesToChange(TensorSpec tensor) {
        return !has(tensor.key()) && (tensor.trainable() || !statistics);
    }

    private boolean has(String key) {
        return stages.stream().anyMatch(stage -> stage.has(key));
    }
}
