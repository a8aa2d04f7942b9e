package io.scopegate.server.admission;

import java.time.Duration;
import java.time.Instant;

/**
 * Four timestamps as in NTP.
 *
 * @param clientSend t1, client's clock
 * @param serverReceive t2, server's clock
 * @param serverSend t3, server's clock
 * @param clientReceive t4, client's clock
 */
public record ClockExchange(Instant clientSend, Instant serverReceive, Instant serverSend, Instant clientReceive) {

    /** Of the server's clock against the client's. */
    Duration offset() {
        return Duration.between(clientSend, serverReceive)
                .plus(Duration.between(clientReceive, serverSend))
                .dividedBy(2);
    }

    /** Half the round trip; negative if a clock was stepped meanwhile. */
    Duration uncertainty() {
        return Duration.between(clientSend, clientReceive)
                .minus(Duration.between(serverReceive, serverSend))
                .dividedBy(2);
    }
}
