package io.scopegate.server;

import java.net.BindException;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Explains why a start failed. Whoever has set an invalid value, or a port that is taken, needs to read which one, not
 * where in the program it was found; for any other fault the place is what matters.
 */
final class FailedStart {

    /**
     * Quarkus's message for a gRPC server that does not start. It is logged twice, the first time without the
     * exception.
     */
    private static final String GRPC = "Unable to start the gRPC server";

    private static final Set<String> WORDS = Set.of("Failed to start application", GRPC);

    /** Quarkus's message for an HTTP port that is taken, logged instead of an exception. */
    private static final Pattern HTTP_PORT = Pattern.compile("Port (\\d+) seems to be in use by another process\\..*");

    private static final String GRPC_PORT = "Port already bound: ";

    private static final String HTTP_ADDRESS = "Unable to bind to host: ";

    /** Beginnings of the lines that follow it: they tell how to find and kill a process, which may be the wrong one. */
    private static final List<String> ADVICE = List.of("Use 'ss -anop", "You can try to kill it with ");

    private static final String OTHER_PORT = "; stop the process that uses it, or set another port";

    private static final String OURS = "io.scopegate.";
    private static final int DEEPEST = 16;

    private FailedStart() {}

    /**
     * Returns why the start was refused, in one sentence; null if the event does not report that.
     *
     * @param text text of the event
     * @param fault exception of the event
     */
    static @Nullable String reason(@Nullable String text, @Nullable Throwable fault) {
        Throwable refusal = text != null && fault != null && WORDS.contains(text) ? refusal(fault) : null;
        if (refusal == null) {
            return null;
        }
        return refusal instanceof BindException
                ? grpcReason(refusal.getMessage())
                : String.valueOf(refusal.getMessage());
    }

    /**
     * Names the settings at fault. Quarkus reports that a port is taken only for addresses that every machine has;
     * otherwise the host may be wrong, too.
     */
    private static String grpcReason(@Nullable String refusal) {
        return refusal != null && refusal.startsWith(GRPC_PORT)
                ? "quarkus.grpc.server.port: " + refusal + OTHER_PORT
                : "quarkus.grpc.server.host and quarkus.grpc.server.port: " + refusal;
    }

    /**
     * Returns the text to log instead of Quarkus's message about an HTTP server that cannot listen; null for any other
     * text.
     *
     * @param text text of the event
     */
    static @Nullable String httpReason(String text) {
        Matcher taken = HTTP_PORT.matcher(text);
        if (taken.matches()) {
            return "Unable to start the HTTP server: quarkus.http.port: port already bound: " + taken.group(1)
                    + OTHER_PORT;
        }
        return text.startsWith(HTTP_ADDRESS)
                ? "Unable to start the HTTP server: quarkus.http.host and quarkus.http.port: " + text
                        + " Set an address of this machine, and a port that is free and allowed"
                : null;
    }

    /** Returns true if the text adds nothing to another line that names the reason. */
    static boolean isBeside(String text, @Nullable Throwable fault) {
        return fault == null && (text.equals(GRPC) || ADVICE.stream().anyMatch(text::startsWith));
    }

    /** Returns the outermost refusal, which says the most: it names the setting. */
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

    /**
     * Returns true if this program itself has thrown the exception. One thrown by a library may be a bug of the
     * program.
     */
    private static boolean isOurs(Throwable fault) {
        StackTraceElement[] frames = fault.getStackTrace();
        return frames.length > 0 && frames[0].getClassName().startsWith(OURS);
    }
}
