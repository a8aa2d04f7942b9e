package io.scopegate.audit;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/**
 * An event to be logged.
 *
 * @param time by the server's wall clock
 * @param kind lower-case words with hyphens, such as {@code model-served}
 * @param details by name, in the order in which they are written
 */
public record AuditEvent(Instant time, String kind, SequencedMap<String, String> details) {

    private static final Pattern KIND = Pattern.compile("[a-z]+(-[a-z]+)*");

    /**
     * Creates an event.
     *
     * @throws IllegalArgumentException if the kind is not lower-case words with hyphens
     */
    public AuditEvent {
        if (!KIND.matcher(kind).matches()) {
            throw new IllegalArgumentException("kind: lower-case words with hyphens, not " + kind);
        }
        details = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(details));
    }

    /** Returns an event without details; {@link #with} adds them. */
    public static AuditEvent of(Instant time, String kind) {
        return new AuditEvent(time, kind, new LinkedHashMap<>());
    }

    /** Returns the same event with one more detail. */
    public AuditEvent with(String name, Object value) {
        SequencedMap<String, String> more = new LinkedHashMap<>((Map<String, String>) details);
        more.put(name, String.valueOf(value));
        return new AuditEvent(time, kind, more);
    }
}
