package io.scopegate.inference.device;

/** NVIDIA's driver. May be used from any thread. */
public interface NvidiaDriver {

    /**
     * Returns the newest CUDA version that the driver supports, as {@code 1000 x major + 10 x minor}.
     *
     * @throws ProbeFailedException if there is no driver
     * @throws UnsupportedOperationException if this build cannot ask it
     */
    int cudaVersion() throws ProbeFailedException;

    /**
     * Returns a device.
     *
     * @param index from 0
     * @throws ProbeFailedException if there is no device with this index
     * @throws UnsupportedOperationException if this build cannot ask the driver
     */
    GpuDevice device(int index) throws ProbeFailedException;

    /** Returns the driver's own version, such as {@code 580.65.06}, or {@link DriverRelease#UNKNOWN}. */
    default String release() {
        return DriverRelease.UNKNOWN;
    }
}
