package io.scopegate.server.tls;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * When the certificates in use expire, after which devices can no longer connect.
 *
 * @param file the file whose certificate expires then
 * @param at when it expires
 */
public record Expiry(Path file, Instant at) {

    /** Returns the time left; negative once it has expired. */
    public Duration left(Instant now) {
        return Duration.between(now, at);
    }

    Expiry orEarlier(Expiry other) {
        return other.at.isBefore(at) ? other : this;
    }
}
