package io.scopegate.bundle.model;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a model directory must not be served. Checked, since the caller has to go on with the model that it has,
 * or with none.
 */
public sealed class ModelUnusableException extends Exception permits ModelUnreadableException {

    private static final long serialVersionUID = 1;

    /** Creates an exception whose message names the file or field, what it should be and what it is. */
    public ModelUnusableException(String message) {
        this(message, null);
    }

    public ModelUnusableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
