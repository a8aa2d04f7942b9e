package io.scopegate.server;

import java.net.BindException;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a start has failed by. Whoever has set a value that does not do, or a port that is taken, is to read which, and not
 * where in the program it was found; for any other fault that is what counts.
 */
final class FailedStart {

    /** What Quarkus says of it, with the fault. Of the gRPC server it says so twice, the first time without one. */
    private static final String GRPC = "Unable to start the gRPC server";

    private static final Set<String> WORDS = Set.of("Failed to start application", GRPC);

    /** What it says of the HTTP server, in place of a fault. */
    private static final Pattern HTTP_PORT = Pattern.compile("Port (\\d+) seems to be in use by another process\\..*");

    private static final String GRPC_PORT = "Port already bound: ";

    private static final String HTTP_ADDRESS = "Unable to bind to host: ";

    /** What it goes on with: how a process may be found and killed, which need not be the right one. */
    private static final List<String> ADVICE = List.of("Use 'ss -anop", "You can try to kill it with ");

    private static final String OTHER_PORT = "; stop the process that uses it, or set another port";

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
        if (refusal == null) {
            return null;
        }
        return refusal instanceof BindException
                ? grpcReason(refusal.getMessage())
                : String.valueOf(refusal.getMessage());
    }

    /** Quarkus says that a port is taken only of an address that every machine has. */
    private static String grpcReason(@Nullable String refusal) {
        return refusal != null && refusal.startsWith(GRPC_PORT)
                ? "quarkus.grpc.server.port: " + refusal + OTHER_PORT
                : "quarkus.grpc.server.host and quarkus.grpc.server.port: " + refusal;
    }

    /**
     * What is to be said in the place of what Quarkus says of an HTTP server that cannot listen; null for any other text.
     *
     * @param text of the event
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

    /** Whether the text says nothing beside a line that names the reason. */
    static boolean isBeside(String text, @Nullable Throwable fault) {
        return fault == null && (text.equals(GRPC) || ADVICE.stream().anyMatch(text::startsWith));
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
