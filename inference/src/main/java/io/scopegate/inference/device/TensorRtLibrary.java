package io.scopegate.inference.device;

/** TensorRT, as it is installed. Any thread. */
public interface TensorRtLibrary {

    /**
     * Its version, as {@code 10000 x major + 100 x minor + patch}.
     *
     * @throws ProbeFailedException if it is not installed
     * @throws UnsupportedOperationException if this build cannot ask it
     */
    int version() throws ProbeFailedException;
}
