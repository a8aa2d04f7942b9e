package io.scopegate.inference.target;

/**
 * Thrown when there is not enough memory at the moment to run a network on the CPU. Says nothing against the network.
 */
public final class MemoryUnavailableException extends TargetUnavailableException {

    private static final long serialVersionUID = 1;

    public MemoryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
