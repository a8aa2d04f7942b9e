package io.scopegate.inference;

import org.jspecify.annotations.Nullable;

/** A run of the network that gave no result. Checked, since the frames of the batch have to be answered. */
public final class InferenceFailedException extends Exception {

    private static final long serialVersionUID = 1;

    private final boolean deviceLost;

    public InferenceFailedException(String message, @Nullable Throwable cause) {
        this(message, cause, false);
    }

    /** @param deviceLost whether the device will give no result to this process again */
    public InferenceFailedException(String message, @Nullable Throwable cause, boolean deviceLost) {
        super(message, cause);
        this.deviceLost = deviceLost;
    }

    /** True if no run in this process will give a result again. */
    public boolean deviceLost() {
        return deviceLost;
    }
}
