package io.scopegate.cli.bench.target;

import io.scopegate.inference.target.ExecutionTarget;

/**
 * The subjects of the table's rows, in their order, with what MONAI's bundle states for them on an A100 80G: TensorRT
 * 8.5.3, CUDA 12.0, all in PyTorch; its end-to-end figures are from a separate program, without gRPC.
 */
enum Subject {
    PYTORCH_FP32("pytorch-fp32", "PyTorch fp32", 6.50, 23.54),
    PYTORCH_AUTOCAST("pytorch-autocast", "PyTorch autocast", 9.23, 23.78),
    CPU(ExecutionTarget.CPU.label(), "CPU fp32", Double.NaN, Double.NaN),
    CUDA(ExecutionTarget.CUDA.label(), "CUDA fp32", Double.NaN, Double.NaN),
    TENSORRT_FP32(ExecutionTarget.TENSORRT_FP32.label(), "TensorRT fp32", 2.78, 7.37),
    TENSORRT_FP16(ExecutionTarget.TENSORRT_FP16.label(), "TensorRT fp16", 2.31, 7.14);

    private final String label;
    private final String title;
    private final double publishedModel;
    private final double publishedEndToEnd;

    Subject(String label, String title, double publishedModel, double publishedEndToEnd) {
        this.label = label;
        this.title = title;
        this.publishedModel = publishedModel;
        this.publishedEndToEnd = publishedEndToEnd;
    }

    static Subject of(ExecutionTarget target) {
        return switch (target) {
            case TENSORRT_FP16 -> TENSORRT_FP16;
            case TENSORRT_FP32 -> TENSORRT_FP32;
            case CUDA -> CUDA;
            case CPU -> CPU;
        };
    }

    /** Returns its name in JSON. */
    String label() {
        return label;
    }

    /** Returns its name in the table. */
    String title() {
        return title;
    }

    /** Returns the milliseconds of the model's computation on the A100; NaN if none are stated. */
    double publishedModel() {
        return publishedModel;
    }

    /** Returns the milliseconds from picture to verdict on the A100; NaN if none are stated. */
    double publishedEndToEnd() {
        return publishedEndToEnd;
    }
}
