package io.scopegate.trainer.network;

import ai.djl.ndarray.types.Shape;

/**
 * One tensor of the network.
 *
 * @param key in the state dict
 * @param shape as in the state dict
 * @param role what it is for
 */
public record TensorSpec(String key, Shape shape, Role role) {

    /** What a tensor is for. */
    public enum Role {
        CONVOLUTION_WEIGHT(true),
        NORM_WEIGHT(true),
        NORM_BIAS(true),
        RUNNING_MEAN(false),
        RUNNING_VARIANCE(false),
        DENSE_WEIGHT(true),
        DENSE_BIAS(true);

        private final boolean trainable;

        Role(boolean trainable) {
            this.trainable = trainable;
        }
    }

    /** False for the statistics that batch norms keep. */
    public boolean trainable() {
        return role.trainable;
    }

    /** Number of elements. */
    public int elements() {
        return Math.toIntExact(shape.size());
    }

    /** Inputs that one output element is summed over: the product of all dimensions but the first. */
    int fanIn() {
        return Math.toIntExact(shape.slice(1).size());
    }
}
