package io.scopegate.client;

import io.grpc.Status.Code;

/** A message from the server that the contract forbids at this point. Ends the stream and never leaves this package. */
final class ProtocolBreach extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ProtocolBreach(String message) {
        super(message);
    }

    /** Returns the status for a message that is forbidden or, for example because of an impossible time, unreadable. */
    static AnswerStatus status(RuntimeException fault) {
        return AnswerStatus.of(Code.INTERNAL.name(), "protocol violation by the server: " + fault.getMessage());
    }
}
