package io.scopegate.inference.device;

import java.util.OptionalInt;

/** TensorRT, as it is installed. Any thread. */
public interface TensorRtLibrary {

    /**
     * Its version, as {@code 10000 x major + 100 x minor + patch}.
     *
     * @throws ProbeFailedException if it is not installed
     * @throws UnsupportedOperationException if this build cannot ask it
     */
    int version() throws ProbeFailedException;

    /**
     * The number of its build, which tells apart libraries of one version that read no engine of each other; empty where
     * the library does not tell it.
     *
     * @throws ProbeFailedException if it is not installed
     * @throws UnsupportedOperationException if this build cannot ask it
     */
    default OptionalInt build() throws ProbeFailedException {
        return OptionalInt.empty();
    }
}
