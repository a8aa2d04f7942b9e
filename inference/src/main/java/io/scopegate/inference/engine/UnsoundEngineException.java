package io.scopegate.inference.engine;

import org.jspecify.annotations.Nullable;

/** Thrown when the directory of an engine holds something that must not be used. */
final class UnsoundEngineException extends Exception {

    private static final long serialVersionUID = 1;

    UnsoundEngineException(String message) {
        this(message, null);
    }

    UnsoundEngineException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
