package io.scopegate.inference.target;

import static io.scopegate.inference.target.ExecutionTarget.CPU;
import static io.scopegate.inference.target.ExecutionTarget.CUDA;
import static io.scopegate.inference.target.ExecutionTarget.TENSORRT_FP16;
import static io.scopegate.inference.target.ExecutionTarget.TENSORRT_FP32;

import java.util.List;

/** What an operator asks for. Whoever demands a target gets it or nothing. */
public enum WantedTarget {
    /** The best that there is. */
    AUTO(List.of(TENSORRT_FP16, TENSORRT_FP32, CUDA, CPU)),
    /** TensorRT, in either precision. */
    TENSORRT(List.of(TENSORRT_FP16, TENSORRT_FP32)),
    /** ONNX Runtime's own kernels on the GPU. */
    CUDA_ALONE(List.of(CUDA)),
    /** The processors. */
    CPU_ALONE(List.of(CPU));

    private final List<ExecutionTarget> targets;

    WantedTarget(List<ExecutionTarget> targets) {
        this.targets = targets;
    }

    /** Best first. */
    List<ExecutionTarget> targets() {
        return targets;
    }
}
