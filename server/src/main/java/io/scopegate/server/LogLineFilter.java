package io.scopegate.server;

import io.quarkus.logging.LoggingFilter;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.regex.Pattern;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.ExtLogRecord.FormatStyle;
import org.jspecify.annotations.Nullable;

/**
 * Keeps each log message on one line, whatever a client calls itself or sends: line breaks and other characters that
 * steer a terminal or an editor are written as escapes. Reports a start that was refused in one line, once. Drops one
 * warning that every start would log and nobody can act on.
 */
@LoggingFilter(name = "one-line")
public final class LogLineFilter implements Filter {

    /** Control characters, line and paragraph separators, and characters that change the direction of text. */
    private static final Pattern STEERING =
            Pattern.compile("[\\p{Cc}\\u2028\\u2029\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]");

    /** The warning that Quarkus logs at every start, because the separate gRPC server is used, as intended. */
    private static final String SEPARATE_SERVER = "Using legacy gRPC support";

    /**
     * The reason already logged for a refused start, which Quarkus reports again for each of its components that fails
     * to start.
     */
    private final AtomicReference<@Nullable String> refusal = new AtomicReference<>();

    @Override
    public boolean isLoggable(LogRecord event) {
        String text = event instanceof ExtLogRecord formatted ? formatted.getFormattedMessage() : event.getMessage();
        Throwable thrown = event.getThrown();
        if (text != null && (text.startsWith(SEPARATE_SERVER) || FailedStart.isBeside(text, thrown))) {
            return false;
        }
        if (text != null && text.equals(ScopegateServer.NO_GRPC) && refusal.get() != null) {
            return false;
        }
        String http = text == null ? null : FailedStart.httpReason(text);
        if (http != null) {
            write(event, escape(http));
            return true;
        }
        String reason = FailedStart.reason(text, thrown);
        if (reason != null) {
            write(event, escape(text + ": " + reason));
            event.setThrown(null);
            return !reason.equals(refusal.getAndSet(reason));
        }
        if (text != null && STEERING.matcher(text).find()) {
            write(event, escape(text));
        }
        if (thrown != null) {
            event.setThrown(LoggedThrowable.of(thrown));
        }
        return true;
    }

    private static void write(LogRecord event, String text) {
        if (event instanceof ExtLogRecord formatted) {
            formatted.setMessage(text, FormatStyle.NO_FORMAT);
        } else {
            event.setMessage(text);
        }
        event.setParameters(null);
    }

    static String escape(String text) {
        return STEERING.matcher(text)
                .replaceAll(found -> String.format(
                        Locale.ROOT, "\\\\u%04x", (int) found.group().charAt(0)));
    }
}
