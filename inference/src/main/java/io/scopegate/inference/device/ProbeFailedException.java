package io.scopegate.inference.device;

/** Something on the way to a GPU is not as it has to be. The message says what to do. */
public final class ProbeFailedException extends Exception {

    private static final long serialVersionUID = 1;

    public ProbeFailedException(String message) {
        super(message);
    }
}
