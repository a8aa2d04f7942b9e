package io.scopegate.inference;

import org.jspecify.annotations.Nullable;

/** A run of the network that gave no result. Checked, since the frames of the batch have to be answered. */
public final class InferenceFailedException extends Exception {

    private static final long serialVersionUID = 1;

    private final Fault fault;

    /** What was at fault. */
    public enum Fault {
        /** The network, or this one run. */
        RUN,
        /** Memory, of which there was not enough; there may be later. */
        MEMORY,
        /** The device, which will give no result to this process again. */
        DEVICE
    }

    public InferenceFailedException(String message, @Nullable Throwable cause) {
        this(message, cause, Fault.RUN);
    }

    public InferenceFailedException(String message, @Nullable Throwable cause, Fault fault) {
        super(message, cause);
        this.fault = fault;
    }

    /** True if no run in this process will give a result again. */
    public boolean deviceLost() {
        return fault == Fault.DEVICE;
    }

    /** True if there was not enough memory. */
    public boolean memoryShort() {
        return fault == Fault.MEMORY;
    }
}
