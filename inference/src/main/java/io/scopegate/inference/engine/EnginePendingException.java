package io.scopegate.inference.engine;

import io.scopegate.inference.target.TargetUnavailableException;

/** Thrown while an engine is being built. The network can run on the wanted target once that has ended. */
public final class EnginePendingException extends TargetUnavailableException {

    private static final long serialVersionUID = 1;

    EnginePendingException(String message) {
        super(message);
    }
}
