package io.scopegate.client;

import io.grpc.Status.Code;

/** A message of the server that the contract forbids at this point; ends the stream and never leaves this package. */
final class ProtocolBreach extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ProtocolBreach(String message) {
        super(message);
    }

    /** Of a message that is forbidden or, like a time that cannot be, unreadable. */
    static AnswerStatus status(RuntimeException fault) {
        return AnswerStatus.of(Code.INTERNAL.name(), "protocol violation by the server: " + fault.getMessage());
    }
}
