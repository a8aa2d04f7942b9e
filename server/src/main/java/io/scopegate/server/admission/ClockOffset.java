package io.scopegate.server.admission;

import io.scopegate.server.frame.FrameHeader;
import io.scopegate.server.frame.Timings.Age;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one client's clock: of the recent exchanges the one that bounds the offset best, since one that had to
 * wait behind frames may be wrong by as long as it waited. Any thread.
 */
public final class ClockOffset {

    /** With an exchange every 10 s a minute, in which two clocks drift apart by about 1 ms. */
    private static final int KEPT = 6;

    private final AtomicReference<Recent> recent = new AtomicReference<>(new Recent(List.of(), null));

    /** The last exchanges, the newest last, and the best of them. */
    private record Recent(
            List<ClockExchange> exchanges, @Nullable ClockExchange best) {

        /** Those that cannot be true if the newest is were measured before a clock was set. */
        Recent and(ClockExchange newest) {
            List<ClockExchange> agreeing =
                    exchanges.stream().filter(newest::agreesWith).toList();
            List<ClockExchange> all =
                    new ArrayList<>(agreeing.subList(Math.max(0, agreeing.size() - KEPT + 1), agreeing.size()));
            all.add(newest);
            return new Recent(all, Collections.min(all, Comparator.comparing(ClockExchange::uncertainty)));
        }
    }

    /** Takes the newest exchange; one during which a clock was stepped back is of no use and is left out. */
    public void measured(ClockExchange exchange) {
        if (!exchange.uncertainty().isNegative()) {
            recent.updateAndGet(before -> before.and(exchange));
        }
    }

    /** How old the frame is, or null while no exchange is complete. */
    public @Nullable Age age(FrameHeader frame, long nowNanos) {
        ClockExchange exchange = recent.get().best();
        if (exchange == null) {
            return null;
        }
        Duration onServer = Duration.ofNanos(nowNanos - frame.receivedNanos());
        Instant captured = frame.captureTime();
        Duration before = captured == null
                ? Duration.ZERO
                : Duration.between(captured.plus(exchange.offset()), frame.receivedAt());
        return new Age(before.plus(onServer), exchange.offset(), exchange.uncertainty());
    }
}
