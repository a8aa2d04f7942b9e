package io.scopegate.inference.target;

import java.util.List;

/**
 * The target that an operator asks for, in the words of the configuration. An operator who names a particular target
 * gets it or nothing.
 */
public enum RequestedTarget {
    /** The best one available. */
    AUTO(List.of(ExecutionTarget.values())),
    /** TensorRT, in either precision. */
    TENSORRT(List.of(ExecutionTarget.TENSORRT_FP16, ExecutionTarget.TENSORRT_FP32)),
    /** ONNX Runtime's own kernels on the GPU. */
    CUDA(List.of(ExecutionTarget.CUDA)),
    /** The CPU. */
    CPU(List.of(ExecutionTarget.CPU));

    private final List<ExecutionTarget> targets;

    RequestedTarget(List<ExecutionTarget> targets) {
        this.targets = targets;
    }

    /** Returns the targets, best first. */
    List<ExecutionTarget> targets() {
        return targets;
    }
}
