package io.scopegate.inference.target;

/**
 * Thrown when a network cannot run on the wanted target, in the machine's present state. Says nothing against the
 * network.
 */
public class TargetUnavailableException extends Exception {

    private static final long serialVersionUID = 1;

    public TargetUnavailableException(String message) {
        super(message);
    }

    public TargetUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
