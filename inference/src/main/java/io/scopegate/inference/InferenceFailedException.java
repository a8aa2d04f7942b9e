package io.scopegate.inference;

import org.jspecify.annotations.Nullable;

/** Thrown when a run of the network gave no result. Checked, since the frames of the batch have to be answered. */
public final class InferenceFailedException extends Exception {

    private static final long serialVersionUID = 1;

    private final Fault fault;

    /** What was at fault. */
    public enum Fault {
        /** The network, or this one run. */
        RUN,
        /** Not enough memory; there may be enough later. */
        MEMORY,
        /** The device, which will not give this process a result again. */
        DEVICE,
        /** Nothing: runs are terminated and refused, since the process is ending. */
        PROCESS_ENDING
    }

    public InferenceFailedException(String message, @Nullable Throwable cause) {
        this(message, cause, Fault.RUN);
    }

    public InferenceFailedException(String message, @Nullable Throwable cause, Fault fault) {
        super(message, cause);
        this.fault = fault;
    }

    /** Returns true if the device will not give this process a result again. */
    public boolean deviceLost() {
        return fault == Fault.DEVICE;
    }

    /** Returns true if the run was terminated or refused because the process is ending. */
    public boolean processEnding() {
        return fault == Fault.PROCESS_ENDING;
    }

    /** Returns true if there was not enough memory. */
    public boolean memoryShort() {
        return fault == Fault.MEMORY;
    }
}
