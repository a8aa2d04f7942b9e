package io.scopegate.inference.device;

import java.util.OptionalInt;

/** The installed TensorRT. May be used from any thread. */
public interface TensorRtLibrary {

    /**
     * Returns its version, as {@code 10000 x major + 100 x minor + patch}.
     *
     * @throws ProbeFailedException if it is not installed
     * @throws UnsupportedOperationException if this build cannot ask it
     */
    int version() throws ProbeFailedException;

    /**
     * Returns its build number, or empty if the library does not report it. Builds of the same version cannot read each
     * other's engines.
     *
     * @throws ProbeFailedException if it is not installed
     * @throws UnsupportedOperationException if this build cannot ask it
     */
    default OptionalInt build() throws ProbeFailedException {
        return OptionalInt.empty();
    }

    /**
     * Returns whether the builder has its resource for an architecture such as {@code sm_90}, or true if that cannot be
     * found out. Called only after {@link #version}.
     */
    default boolean hasBuilderResource(String architecture) {
        return true;
    }
}
