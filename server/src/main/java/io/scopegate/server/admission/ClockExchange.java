package io.scopegate.server.admission;

import java.time.Duration;
import java.time.Instant;

/**
 * The four timestamps of a clock exchange, as in NTP.
 *
 * @param clientSend t1, by the client's clock
 * @param serverReceive t2, by the server's clock
 * @param serverSend t3, by the server's clock
 * @param clientReceive t4, by the client's clock
 */
public record ClockExchange(Instant clientSend, Instant serverReceive, Instant serverSend, Instant clientReceive) {

    /** Returns the offset of the server's clock from the client's. */
    Duration offset() {
        return Duration.between(clientSend, serverReceive)
                .plus(Duration.between(clientReceive, serverSend))
                .dividedBy(2);
    }

    /**
     * Returns half the round trip, which bounds the error of the offset. Negative if a clock was stepped during the
     * exchange.
     */
    Duration uncertainty() {
        return Duration.between(clientSend, clientReceive)
                .minus(Duration.between(serverReceive, serverSend))
                .dividedBy(2);
    }
}
