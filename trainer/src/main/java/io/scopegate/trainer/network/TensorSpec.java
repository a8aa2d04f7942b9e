package io.scopegate.trainer.network;

import ai.djl.ndarray.types.Shape;

/**
 * One tensor of the network.
 *
 * @param key key in the state dict
 * @param shape shape in the state dict
 * @param role purpose of the tensor
 */
public record TensorSpec(String key, Shape shape, Role role) {

    /** The purpose of a tensor. */
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

    /** Whether the tensor can be fitted; false for the running statistics of batch norms. */
    public boolean trainable() {
        return role.trainable;
    }

    /** Returns the number of elements. */
    public int elements() {
        return Math.toIntExact(shape.size());
    }

    /** Returns the number of inputs that an output element is a sum of: the product of all dimensions but the first. */
    int fanIn() {
        return Math.toIntExact(shape.slice(1).size());
    }
}
