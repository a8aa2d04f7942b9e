package io.scopegate.client;

import io.grpc.Status.Code;

/** Turns the status of a call into the exception that says whose turn it is. */
final class Failures {
    private Failures() {}

    static ScopegateException of(AnswerStatus status) {
        // A call that was given up on its way, as by a proxy, was refused by nobody.
        if (is(status, Code.UNAVAILABLE) || is(status, Code.CANCELLED)) {
            return new ScopegateException.Unreachable("cannot reach the server: " + status);
        }
        if (is(status, Code.DEADLINE_EXCEEDED)) {
            return new ScopegateException.TimedOut("no answer in time: " + status);
        }
        return new ScopegateException.Refused(status);
    }

    static ScopegateException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new ScopegateException.Interrupted(cause);
    }

    private static boolean is(AnswerStatus status, Code code) {
        return status.code().equals(code.name());
    }
}
