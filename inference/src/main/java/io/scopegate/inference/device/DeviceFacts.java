package io.scopegate.inference.device;

/**
 * The facts about a machine that an engine depends on.
 *
 * @param cuda newest CUDA version that the driver supports, such as {@code 13.0}
 * @param driver version of the driver itself, such as {@code 580.65.06}, or {@link DriverRelease#UNKNOWN}
 * @param device the GPU
 * @param tensorRt such as {@code 10.15.1.29}; without the last number if the library does not report it
 */
public record DeviceFacts(String cuda, String driver, GpuDevice device, String tensorRt) {}
