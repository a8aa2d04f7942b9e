package io.scopegate.trainer.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import io.scopegate.trainer.network.Parameters;
import io.scopegate.trainer.network.Parameters.Parameter;
import io.scopegate.trainer.network.SeResNet;
import io.scopegate.trainer.network.StateDict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The Adam optimiser by PyTorch's formula, {@code p -= lr / (1 - b1^t) * m / (sqrt(v / (1 - b2^t)) + eps)}, with
 * PyTorch's default constants. As in PyTorch's Adam, weight decay is added to the gradient, not to the update. The
 * engine's own Adam is not used, because it adds epsilon at another place and does not expose its moments.
 *
 * <p>The moments belong to the manager passed to the constructor. Used by one thread at a time.
 */
final class Adam {

    private static final double BETA_1 = 0.9;
    private static final double BETA_2 = 0.999;
    private static final double EPSILON = 1e-8;
    private static final NDIndex WHOLE = new NDIndex("...");

    private final List<Slot> slots = new ArrayList<>();
    private final double weightDecay;
    private int updates;

    /** One parameter and its two moments. */
    private record Slot(Parameter parameter, NDArray first, NDArray second) {
        String key() {
            return parameter.tensor().key();
        }
    }

    /**
     * Creates an optimiser whose moments are zero.
     *
     * @param weightDecay factor by which each parameter is multiplied before it is added to its gradient
     */
    Adam(NDManager manager, Parameters parameters, double weightDecay) {
        this.weightDecay = weightDecay;
        for (Parameter parameter : parameters.trainable()) {
            NDArray first = parameter.values().zerosLike();
            NDArray second = parameter.values().zerosLike();
            first.attach(manager);
            second.attach(manager);
            slots.add(new Slot(parameter, first, second));
        }
    }

    /** Restores the number of updates done and the moments that {@link #first} and {@link #second} returned. */
    void restore(int updatesDone, StateDict first, StateDict second) {
        updates = updatesDone;
        for (Slot slot : slots) {
            fill(slot.first(), first.values(slot.key()));
            fill(slot.second(), second.values(slot.key()));
        }
    }

    /**
     * Copies from a temporary array, because setting the values directly makes libtorch print a deprecation warning.
     */
    private static void fill(NDArray moment, float[] values) {
        try (NDArray saved = moment.getManager().create(values, moment.getShape())) {
            moment.set(WHOLE, saved);
        }
    }

    /** Returns the running mean of the gradients, with zeros for tensors that are not trained. */
    StateDict first(SeResNet network) {
        return moments(network, Slot::first);
    }

    /** Returns the running mean of the squared gradients, with zeros for tensors that are not trained. */
    StateDict second(SeResNet network) {
        return moments(network, Slot::second);
    }

    private StateDict moments(SeResNet network, Function<Slot, NDArray> moment) {
        Map<String, Slot> byKey = slots.stream().collect(Collectors.toMap(Slot::key, Function.identity()));
        return StateDict.of(network, tensor -> {
            Slot slot = byKey.get(tensor.key());
            return slot == null
                    ? new float[tensor.elements()]
                    : moment.apply(slot).toFloatArray();
        });
    }

    /**
     * Updates the parameters by their gradients, and forgets the gradients.
     *
     * @param learningRate learning rate of this update
     * @param scratch owns intermediate arrays; the caller closes it
     */
    void update(double learningRate, NDManager scratch) {
        updates++;
        for (Slot slot : slots) {
            update(slot, learningRate, scratch);
        }
    }

    private void update(Slot slot, double learningRate, NDManager scratch) {
        NDArray gradient = slot.parameter().leaf().getGradient();
        gradient.attach(scratch);
        if (weightDecay > 0) {
            NDArray decay = slot.parameter().values().mul(weightDecay);
            decay.attach(scratch);
            gradient.addi(decay);
        }
        slot.first().muli(BETA_1).addi(gradient.muli(1 - BETA_1));
        // In place: the gradient is not needed again, and its memory is probably still in the processor's cache.
        NDArray square = gradient.muli(gradient).muli((1 - BETA_2) / ((1 - BETA_1) * (1 - BETA_1)));
        slot.second().muli(BETA_2).addi(square);
        slot.parameter().forgetGradient();
        descend(slot, learningRate);
    }

    private void descend(Slot slot, double learningRate) {
        double secondScale = Math.sqrt(1 - Math.pow(BETA_2, updates));
        double scale = learningRate / (1 - Math.pow(BETA_1, updates)) * secondScale;
        try (NDArray deviation = slot.second().sqrt();
                NDArray change = slot.first().div(deviation.addi(EPSILON * secondScale))) {
            slot.parameter().values().subi(change.muli(scale));
        }
    }
}
