package io.scopegate.inference.target;

/** There is no memory now to run a network on the processors. Says nothing against the network. */
public final class MemoryUnavailableException extends TargetUnavailableException {

    private static final long serialVersionUID = 1;

    public MemoryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
