package io.scopegate.inference.device;

/**
 * What an engine depends on, of the machine.
 *
 * @param cuda the newest that the driver runs, as in {@code 13.0}
 * @param device the GPU
 * @param tensorRt as in {@code 10.15.1}
 */
public record DeviceFacts(String cuda, GpuDevice device, String tensorRt) {}
