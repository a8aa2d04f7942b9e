package io.scopegate.inference.engine;

import io.scopegate.inference.target.TargetUnavailableException;

/** An engine is being built: the network can run where it is to run once that has ended. */
public final class EnginePendingException extends TargetUnavailableException {

    private static final long serialVersionUID = 1;

    EnginePendingException(String message) {
        super(message);
    }
}
