package io.scopegate.inference.target;

/**
 * Configures where networks run.
 *
 * @param wanted the target that the operator asks for
 * @param device index of the GPU, from 0
 * @param halfPrecision whether TensorRT may compute in half precision
 */
public record TargetSettings(RequestedTarget wanted, int device, boolean halfPrecision) {

    /** The CPU alone; the machine is not looked at. */
    public static final TargetSettings PROCESSORS = new TargetSettings(RequestedTarget.CPU, 0, false);
}
