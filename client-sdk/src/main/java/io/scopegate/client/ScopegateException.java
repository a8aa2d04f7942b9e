package io.scopegate.client;

/**
 * A call or a stream failed, as opposed to a frame that was not classified. Treat the picture at hand as out of body.
 */
public abstract sealed class ScopegateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private ScopegateException(String message, Throwable cause) {
        super(message, cause);
    }

    private ScopegateException(String message) {
        super(message);
    }

    /**
     * No server answers at the target, the TLS handshake failed, the server is stopping, or the call was cancelled on
     * its way or by {@link ScopegateClient#close()}. Retry later, unless this client is closed.
     */
    public static final class Unreachable extends ScopegateException {
        private static final long serialVersionUID = 1L;

        Unreachable(String message) {
            super(message);
        }
    }

    /**
     * The server is reachable but refused the call. A stream or a frame may succeed later, unless the code is
     * INVALID_ARGUMENT, NOT_FOUND, UNAUTHENTICATED, PERMISSION_DENIED or UNIMPLEMENTED: these depend on the request or
     * on the caller.
     */
    public static final class Refused extends ScopegateException {
        private static final long serialVersionUID = 1L;
        private final AnswerStatus status;

        Refused(AnswerStatus status) {
            super("refused: " + status);
            this.status = status;
        }

        /** Why the server refused, with the offending field if the server names it. */
        public AnswerStatus status() {
            return status;
        }
    }

    /** No answer within the given time. */
    public static final class TimedOut extends ScopegateException {
        private static final long serialVersionUID = 1L;

        TimedOut(String message) {
            super(message);
        }
    }

    /** The calling thread was interrupted; its interrupt flag is set. */
    public static final class Interrupted extends ScopegateException {
        private static final long serialVersionUID = 1L;

        Interrupted(InterruptedException cause) {
            super("interrupted", cause);
        }
    }

    /** The frame was not sent because the stream has ended. */
    public static final class StreamEnded extends ScopegateException {
        private static final long serialVersionUID = 1L;
        private final StreamEnd end;

        StreamEnded(StreamEnd end) {
            super("the stream has ended: " + end.status());
            this.end = end;
        }

        /** How the stream ended. */
        public StreamEnd end() {
            return end;
        }
    }
}
