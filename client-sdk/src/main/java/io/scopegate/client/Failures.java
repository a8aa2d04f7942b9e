package io.scopegate.client;

import io.grpc.Status.Code;

/** Converts the status of a failed call to the exception that fits it. */
final class Failures {
    private Failures() {}

    static ScopegateException of(AnswerStatus status) {
        // The server has not refused a call that was given up on its way, for example by a proxy.
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

    /**
     * Returns whether this is the outcome of an admin order: a server that cannot carry it out now, or no longer wants
     * to, is reachable all the same.
     */
    private static boolean isOfAnOrder(AnswerStatus status) {
        return status.reason().filter(reason -> reason.startsWith("MODEL_")).isPresent();
    }

    private static boolean is(AnswerStatus status, Code code) {
        return status.code().equals(code.name());
    }
}
