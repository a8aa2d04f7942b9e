package io.scopegate.server.model;

/** What the server does about versions other than the served one. */
public sealed interface ServingMode {

    /** It serves any higher version that appears. */
    record Following() implements ServingMode {}

    /**
     * It serves this version and no other.
     *
     * @param name of the model
     * @param version of the model
     */
    record Pinned(String name, int version) implements ServingMode {

        /** {@code NAME/VERSION}. */
        public String reference() {
            return name + "/" + version;
        }
    }

    /**
     * It serves none until an administrator chooses a version.
     *
     * @param reason for humans
     */
    record Halted(String reason) implements ServingMode {}
}
