package io.scopegate.inference.target;

/** Where a network runs, best first. */
public enum ExecutionTarget {
    /** A TensorRT engine that computes in half precision. */
    TENSORRT_FP16("tensorrt-fp16", 0.01),
    /** A TensorRT engine. */
    TENSORRT_FP32("tensorrt-fp32", 0),
    /** ONNX Runtime's own kernels on the GPU. */
    CUDA("cuda", 0),
    /** The CPU. */
    CPU("cpu", 0);

    private final String label;
    private final double leastTolerance;

    ExecutionTarget(String label, double leastTolerance) {
        this.label = label;
        this.leastTolerance = leastTolerance;
    }

    /** Returns the name for people and metrics. */
    public String label() {
        return label;
    }

    /** Returns how far a probability may differ from the published one, even if the model allows less. */
    public double leastTolerance() {
        return leastTolerance;
    }

    public boolean isTensorRt() {
        return this == TENSORRT_FP16 || this == TENSORRT_FP32;
    }

    public boolean isGpu() {
        return this != CPU;
    }
}
