package io.scopegate.audit;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/**
 * Something that happened.
 *
 * @param time by the server's wall clock
 * @param kind lower-case words with hyphens, such as {@code model-served}
 * @param details by name, in the order in which they are written
 */
public record AuditEvent(Instant time, String kind, SequencedMap<String, String> details) {

    private static final Pattern KIND = Pattern.compile("[a-z]+(-[a-z]+)*");

    /** Refuses a kind of another form. */
    public AuditEvent {
        if (!KIND.matcher(kind).matches()) {
            throw new IllegalArgumentException("kind: lower-case words with hyphens, not " + kind);
        }
        details = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(details));
    }

    /** An event without details, to which {@link #with} adds some. */
    public static AuditEvent of(Instant time, String kind) {
        return new AuditEvent(time, kind, new LinkedHashMap<>());
    }

    /** The same with one more detail. */
    public AuditEvent with(String name, Object value) {
        SequencedMap<String, String> more = new LinkedHashMap<>((Map<String, String>) details);
        more.put(name, String.valueOf(value));
        return new AuditEvent(time, kind, more);
    }
}
