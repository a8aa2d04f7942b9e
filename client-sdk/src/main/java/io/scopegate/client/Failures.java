package io.scopegate.client;

import io.grpc.Status.Code;

/** Turns the status of a call into the exception that says whose turn it is. */
final class Failures {
    private Failures() {}

    static ScopegateException of(AnswerStatus status) {
        // A call that was given up on its way, as by a proxy, was refused by nobody.
        if ((is(status, Code.UNAVAILABLE) || is(status, Code.CANCELLED)) && !isOfAnOrder(status)) {
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

    /** A server that cannot do now what it is told of a model, or no longer wants to, is there all the same. */
    private static boolean isOfAnOrder(AnswerStatus status) {
        return status.reason().filter(reason -> reason.startsWith("MODEL_")).isPresent();
    }

    private static boolean is(AnswerStatus status, Code code) {
        return status.code().equals(code.name());
    }
}
