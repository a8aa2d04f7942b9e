package io.scopegate.server.model;

/** There is not enough memory for another model now. Checked, because the model is not at fault and is tried again. */
final class MemoryShortException extends Exception {

    private static final long serialVersionUID = 1;

    MemoryShortException(String message) {
        super(message);
    }
}
