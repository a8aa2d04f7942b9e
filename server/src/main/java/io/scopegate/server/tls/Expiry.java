package io.scopegate.server.tls;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * When the certificates in use will no longer do, from which time on devices are locked out.
 *
 * @param file that holds what expires then
 * @param at when it does
 */
public record Expiry(Path file, Instant at) {

    /** Negative once it has expired. */
    public Duration left(Instant now) {
        return Duration.between(now, at);
    }

    Expiry orEarlier(Expiry other) {
        return other.at.isBefore(at) ? other : this;
    }
}
