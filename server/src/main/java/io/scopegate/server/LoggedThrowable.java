package io.scopegate.server;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A copy of a throwable for the log, whose messages contain nothing that could break a line. */
final class LoggedThrowable extends Throwable {

    private static final long serialVersionUID = 1;
    private static final int DEEPEST = 16;

    private final String shown;

    private LoggedThrowable(Throwable fault, int depth) {
        super(LogLineFilter.escape(String.valueOf(fault.getMessage())), cause(fault, depth), true, true);
        this.shown = LogLineFilter.escape(fault.toString());
        setStackTrace(fault.getStackTrace());
        for (Throwable suppressed : depth == DEEPEST ? new Throwable[0] : fault.getSuppressed()) {
            addSuppressed(new LoggedThrowable(suppressed, depth + 1));
        }
    }

    private static @Nullable Throwable cause(Throwable fault, int depth) {
        return fault.getCause() == null || depth == DEEPEST ? null : new LoggedThrowable(fault.getCause(), depth + 1);
    }

    /** Returns the throwable itself if it can be logged as it is, otherwise a copy with its messages escaped. */
    static Throwable of(Throwable fault) {
        return steers(fault, 0) ? new LoggedThrowable(fault, 0) : fault;
    }

    private static boolean steers(Throwable fault, int depth) {
        if (!LogLineFilter.escape(fault.toString()).equals(fault.toString())) {
            return true;
        }
        Stream<Throwable> others = Stream.concat(Stream.ofNullable(fault.getCause()), Stream.of(fault.getSuppressed()));
        return depth < DEEPEST && others.anyMatch(other -> steers(other, depth + 1));
    }

    @Override
    public String toString() {
        return shown;
    }
}
