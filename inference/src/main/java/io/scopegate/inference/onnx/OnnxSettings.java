package io.scopegate.inference.onnx;

/**
 * How ONNX Runtime uses the processors.
 *
 * @param threads that compute one run
 * @param allowSpinning whether they spin while they wait for work: quicker, but it takes the processors from decoding
 */
public record OnnxSettings(int threads, boolean allowSpinning) {}
