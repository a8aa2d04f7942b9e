package io.scopegate.inference.target;

/** A network cannot run where it is to run, as things are on this machine now. Says nothing against the network. */
public class TargetUnavailableException extends Exception {

    private static final long serialVersionUID = 1;

    public TargetUnavailableException(String message) {
        super(message);
    }

    public TargetUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
