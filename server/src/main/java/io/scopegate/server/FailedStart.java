package io.scopegate.server;

import java.net.BindException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a start has failed by. Whoever has set a value that does not do, or a port that is taken, is to read which, and not
 * where in the program it was found; for any other fault that is what counts.
 */
final class FailedStart {

    /** What Quarkus says of it, with the fault. */
    private static final Set<String> WORDS = Set.of("Failed to start application", "Unable to start the gRPC server");

    private static final String OURS = "io.scopegate.";
    private static final int DEEPEST = 16;

    private FailedStart() {}

    /**
     * Why a start was refused, in a sentence; null if the event is none of that.
     *
     * @param text of the event
     * @param fault of the event
     */
    static @Nullable String reason(@Nullable String text, @Nullable Throwable fault) {
        Throwable refusal = text != null && fault != null && WORDS.contains(text) ? refusal(fault) : null;
        return refusal == null ? null : String.valueOf(refusal.getMessage());
    }

    /** The outermost one says the most: it names the setting. */
    private static @Nullable Throwable refusal(Throwable fault) {
        Throwable next = fault;
        for (int depth = 0; next != null && depth < DEEPEST; depth++) {
            if (isRefusal(next)) {
                return next;
            }
            next = next.getCause();
        }
        return null;
    }

    private static boolean isRefusal(Throwable fault) {
        return fault instanceof BindException || (fault instanceof IllegalArgumentException && isOurs(fault));
    }

    /** Thrown by this program itself; what a library of it throws may be a fault of the program. */
    private static boolean isOurs(Throwable fault) {
        StackTraceElement[] frames = fault.getStackTrace();
        return frames.length > 0 && frames[0].getClassName().startsWith(OURS);
    }
}
