package io.scopegate.inference;

import org.jspecify.annotations.Nullable;

/** A run of the network that gave no result. Checked, since the frames of the batch have to be answered. */
public final class InferenceFailedException extends Exception {

    private static final long serialVersionUID = 1;

    public InferenceFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
