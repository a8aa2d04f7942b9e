package io.scopegate.inference.device;

/**
 * A GPU.
 *
 * @param name as its driver says it
 * @param major of its compute capability
 * @param minor of its compute capability
 * @param memoryBytes all that it has
 */
public record GpuDevice(String name, int major, int minor, long memoryBytes) {

    /** As in {@code sm_90}: what an engine is built for. */
    public String architecture() {
        return "sm_" + major + minor;
    }
}
