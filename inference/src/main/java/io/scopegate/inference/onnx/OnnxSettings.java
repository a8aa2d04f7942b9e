package io.scopegate.inference.onnx;

/**
 * How ONNX Runtime uses the CPU.
 *
 * @param threads number of threads that compute one run
 * @param allowSpinning whether they spin while they wait for work: faster, but it takes CPU time from decoding
 */
public record OnnxSettings(int threads, boolean allowSpinning) {}
