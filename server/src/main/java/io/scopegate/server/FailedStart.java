package io.scopegate.server;

import java.net.BindException;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the reason why the server did not start. If a setting has a wrong value or a port is taken, the operator is to
 * read which one, without a stack trace; for any other fault the stack trace is what counts.
 */
final class FailedStart {

    /** What Quarkus logs with the fault. For the gRPC server it logs this twice, the first time without the fault. */
    private static final String GRPC = "Unable to start the gRPC server";

    private static final Set<String> WORDS = Set.of("Failed to start application", GRPC);

    /** What Quarkus logs, without a fault, if the HTTP server's port is taken. */
    private static final Pattern HTTP_PORT = Pattern.compile("Port (\\d+) seems to be in use by another process\\..*");

    private static final String GRPC_PORT = "Port already bound: ";

    private static final String HTTP_ADDRESS = "Unable to bind to host: ";

    /** Advice that Quarkus adds: how to find a process and kill it, which need not be the right one. */
    private static final List<String> ADVICE = List.of("Use 'ss -anop", "You can try to kill it with ");

    private static final String OTHER_PORT = "; stop the process that uses it, or set another port";

    private static final String OURS = "io.scopegate.";
    private static final int DEEPEST = 16;

    private FailedStart() {}

    /**
     * Returns why the start was refused, in one sentence, or null if the event does not report that.
     *
     * @param text message of the log event
     * @param fault throwable of the log event
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
     * Quarkus says that a port is taken only for addresses that every machine has. For any other address either the
     * host or the port may be wrong, so both settings are named.
     */
    private static String grpcReason(@Nullable String refusal) {
        return refusal != null && refusal.startsWith(GRPC_PORT)
                ? "quarkus.grpc.server.port: " + refusal + OTHER_PORT
                : "quarkus.grpc.server.host and quarkus.grpc.server.port: " + refusal;
    }

    /**
     * Returns the text to log instead of what Quarkus says of an HTTP server that cannot listen, or null for any other
     * text.
     *
     * @param text message of the log event
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

    /** Returns whether the event adds nothing to the line that names the reason. */
    static boolean isBeside(String text, @Nullable Throwable fault) {
        return fault == null && (text.equals(GRPC) || ADVICE.stream().anyMatch(text::startsWith));
    }

    /**
     * Returns the outermost refusal in the chain of causes, since that one names the setting; null if there is none.
     */
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
     * Returns whether the fault was thrown by this program's own code. One thrown by a library may be a bug in the
     * program.
     */
    private static boolean isOurs(Throwable fault) {
        StackTraceElement[] frames = fault.getStackTrace();
        return frames.length > 0 && frames[0].getClassName().startsWith(OURS);
    }
}
