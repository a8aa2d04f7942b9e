package io.scopegate.inference.device;

/**
 * What an engine depends on, of the machine.
 *
 * @param cuda the newest that the driver runs, as in {@code 13.0}
 * @param driver its own version, as in {@code 580.65.06}, or {@link DriverRelease#UNKNOWN}
 * @param device the GPU
 * @param tensorRt as in {@code 10.15.1.29}; without the last number where the library does not tell it
 */
public record DeviceFacts(String cuda, String driver, GpuDevice device, String tensorRt) {}
