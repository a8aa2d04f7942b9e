package io.scopegate.client;

/** A message of the server that the contract forbids at this point; ends the stream and never leaves this package. */
final class ProtocolBreach extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ProtocolBreach(String message) {
        super(message);
    }
}
