package io.scopegate.client;

/** Something is broken, as opposed to a frame that was not classified. The picture at hand counts as out of body. */
public abstract sealed class ScopegateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private ScopegateException(String message, Throwable cause) {
        super(message, cause);
    }

    private ScopegateException(String message) {
        super(message);
    }

    /**
     * No server answers there, TLS was not agreed on, the server is stopping, or the call was given up on its way or by
     * {@link ScopegateClient#close()}. Worth another try later, unless this client is closed.
     */
    public static final class Unreachable extends ScopegateException {
        private static final long serialVersionUID = 1L;

        Unreachable(String message) {
            super(message);
        }
    }

    /**
     * The server is there and does not take the call. A stream or a frame is worth another try later, unless the code is
     * INVALID_ARGUMENT, NOT_FOUND, UNAUTHENTICATED, PERMISSION_DENIED or UNIMPLEMENTED, which are of what is asked for or of who
     * asks.
     */
    public static final class Refused extends ScopegateException {
        private static final long serialVersionUID = 1L;
        private final AnswerStatus status;

        Refused(AnswerStatus status) {
            super("refused: " + status);
            this.status = status;
        }

        /** Why, with the offending field where the server names it. */
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

    /** The frame was not sent, since the stream has ended. */
    public static final class StreamEnded extends ScopegateException {
        private static final long serialVersionUID = 1L;
        private final StreamEnd end;

        StreamEnded(StreamEnd end) {
            super("the stream has ended: " + end.status());
            this.end = end;
        }

        /** How it ended. */
        public StreamEnd end() {
            return end;
        }
    }
}
