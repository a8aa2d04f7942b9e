package io.scopegate.inference.device;

/** Thrown when a check on the way to a GPU fails. The message says what to do. */
public final class ProbeFailedException extends Exception {

    private static final long serialVersionUID = 1;

    private final boolean absent;

    public ProbeFailedException(String message) {
        this(message, false);
    }

    private ProbeFailedException(String message, boolean absent) {
        super(message);
        this.absent = absent;
    }

    /** Creates an exception for a machine without a GPU, or without anything that belongs to one. */
    public static ProbeFailedException absent(String message) {
        return new ProbeFailedException(message, true);
    }

    boolean isAbsent() {
        return absent;
    }
}
