package io.scopegate.inference.device;

/** NVIDIA's driver. Any thread. */
public interface NvidiaDriver {

    /**
     * The newest CUDA that it runs, as {@code 1000 x major + 10 x minor}.
     *
     * @throws ProbeFailedException if there is no driver
     * @throws UnsupportedOperationException if this build cannot ask it
     */
    int cudaVersion() throws ProbeFailedException;

    /**
     * A device.
     *
     * @param index from 0
     * @throws ProbeFailedException if there is none of this index
     * @throws UnsupportedOperationException if this build cannot ask it
     */
    GpuDevice device(int index) throws ProbeFailedException;

    /** Its own version, as in {@code 580.65.06}, or {@link DriverRelease#UNKNOWN}. */
    default String release() {
        return DriverRelease.UNKNOWN;
    }
}
