package io.scopegate.inference.device;

/**
 * A GPU.
 *
 * @param name as its driver reports it
 * @param major of its compute capability
 * @param minor of its compute capability
 * @param memoryBytes total memory
 */
public record GpuDevice(String name, int major, int minor, long memoryBytes) {

    /** Returns what an engine is built for, such as {@code sm_90}. */
    public String architecture() {
        return "sm_" + major + minor;
    }
}
