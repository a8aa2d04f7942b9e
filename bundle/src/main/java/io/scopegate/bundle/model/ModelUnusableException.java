package io.scopegate.bundle.model;

import org.jspecify.annotations.Nullable;

/** A model directory that must not be served. Checked, since the caller goes on with the model that it has, or none. */
public sealed class ModelUnusableException extends Exception permits ModelUnreadableException {

    private static final long serialVersionUID = 1;

    /** The message names the file or field, what it should be and what it is. */
    public ModelUnusableException(String message) {
        this(message, null);
    }

    public ModelUnusableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
