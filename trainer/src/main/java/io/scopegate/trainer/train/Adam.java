package io.scopegate.trainer.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.scopegate.trainer.network.Parameters;
import io.scopegate.trainer.network.Parameters.Parameter;
import java.util.ArrayList;
import java.util.List;

/**
 * Adam by PyTorch's formula, {@code p -= lr / (1 - b1^t) * m / (sqrt(v / (1 - b2^t)) + eps)}, with PyTorch's default
 * constants and no weight decay. The engine's own Adam puts epsilon elsewhere and hides its moments.
 *
 * <p>The moments belong to the manager given; one thread at a time.
 */
final class Adam {

    private static final double BETA_1 = 0.9;
    private static final double BETA_2 = 0.999;
    private static final double EPSILON = 1e-8;

    private final List<Slot> slots = new ArrayList<>();
    private int updates;

    /** One parameter and its two moments. */
    private record Slot(Parameter parameter, NDArray first, NDArray second) {}

    Adam(NDManager manager, Parameters parameters) {
        for (Parameter parameter : parameters.trainable()) {
            NDArray first = parameter.values().zerosLike();
            NDArray second = parameter.values().zerosLike();
            first.attach(manager);
            second.attach(manager);
            slots.add(new Slot(parameter, first, second));
        }
    }

    /**
     * Changes the parameters by their gradients, then sets the gradients to zero.
     *
     * @param learningRate of this update
     * @param scratch holds what is computed on the way; the caller closes it
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
        NDArray square = gradient.square();
        slot.first().muli(BETA_1).addi(gradient.mul(1 - BETA_1));
        slot.second().muli(BETA_2).addi(square.muli(1 - BETA_2));
        double firstScale = learningRate / (1 - Math.pow(BETA_1, updates));
        double secondScale = Math.sqrt(1 - Math.pow(BETA_2, updates));
        NDArray mean = slot.first().duplicate();
        mean.attach(scratch);
        NDArray deviation = slot.second().sqrt();
        deviation.attach(scratch);
        deviation.divi(secondScale).addi(EPSILON);
        slot.parameter().values().subi(mean.muli(firstScale).divi(deviation));
        gradient.subi(gradient);
    }
}
