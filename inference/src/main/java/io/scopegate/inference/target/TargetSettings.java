package io.scopegate.inference.target;

/**
 * Where networks are to run.
 *
 * @param wanted what is asked for
 * @param device index of the GPU, from 0
 * @param halfPrecision whether TensorRT may compute in half precision
 */
public record TargetSettings(WantedTarget wanted, int device, boolean halfPrecision) {

    /** The processors, and nothing else is looked at. */
    public static final TargetSettings PROCESSORS = new TargetSettings(WantedTarget.CPU, 0, false);
}
