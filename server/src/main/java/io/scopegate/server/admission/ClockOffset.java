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
 * wait behind frames may be wrong by as long as it waited. Measured against the server's steady clock, so that it stays
 * true when the server's wall clock is set. Any thread.
 */
public final class ClockOffset {

    /** With an exchange every 10 s a minute, in which two clocks drift apart by about 1 ms. */
    private static final int KEPT = 6;

    /** A client may carry less of a timestamp than it was given. */
    private static final Duration ROUNDED = Duration.ofMillis(1);

    private final AtomicReference<Recent> recent = new AtomicReference<>(new Recent(List.of(), null));
    private volatile @Nullable Reply reply;

    /** The last one, and how the server's clocks stood to each other when it was sent. */
    private record Reply(Instant sent, Instant origin) {}

    /**
     * One exchange.
     *
     * @param offset of the server's steady clock against the client's
     * @param uncertainty of it
     */
    private record Measured(Duration offset, Duration uncertainty) {

        /** False if no offset could have given both. */
        boolean agreesWith(Measured other) {
            Duration apart = offset.minus(other.offset).abs();
            return apart.compareTo(uncertainty.plus(other.uncertainty)) <= 0;
        }
    }

    /** The last exchanges, the newest last, and the best of them. */
    private record Recent(
            List<Measured> exchanges, @Nullable Measured best) {

        /** Those that cannot be true if the newest is were measured before the client's clock was set. */
        Recent and(Measured newest) {
            List<Measured> agreeing =
                    exchanges.stream().filter(newest::agreesWith).toList();
            List<Measured> all =
                    new ArrayList<>(agreeing.subList(Math.max(0, agreeing.size() - KEPT + 1), agreeing.size()));
            all.add(newest);
            return new Recent(all, Collections.min(all, Comparator.comparing(Measured::uncertainty)));
        }
    }

    /**
     * Notes that a probe was replied to.
     *
     * @param sent as the reply says
     * @param origin of the server's clock at that time
     */
    public void replied(Instant sent, Instant origin) {
        reply = new Reply(sent, origin);
    }

    /**
     * Takes the newest exchange; one during which a clock was stepped back is of no use and is left out.
     *
     * @param origin of the server's clock now, for an exchange that is not that of the last reply
     */
    public void measured(ClockExchange exchange, Instant origin) {
        if (exchange.uncertainty().isNegative()) {
            return;
        }
        Reply last = reply;
        Instant then = last != null && completes(exchange, last) ? last.origin() : origin;
        Measured newest =
                new Measured(exchange.offset().minus(Duration.between(Instant.EPOCH, then)), exchange.uncertainty());
        recent.updateAndGet(before -> before.and(newest));
    }

    private static boolean completes(ClockExchange exchange, Reply reply) {
        return Duration.between(exchange.serverSend(), reply.sent()).abs().compareTo(ROUNDED) <= 0;
    }

    /** How old the frame is, or null while no exchange is complete. */
    public @Nullable Age age(FrameHeader frame, long nowNanos) {
        Measured exchange = recent.get().best();
        if (exchange == null) {
            return null;
        }
        Instant origin = frame.receivedAt().minusNanos(frame.receivedNanos());
        Duration offset = exchange.offset().plus(Duration.between(Instant.EPOCH, origin));
        Duration onServer = Duration.ofNanos(nowNanos - frame.receivedNanos());
        Instant captured = frame.captureTime();
        Duration before =
                captured == null ? Duration.ZERO : Duration.between(captured.plus(offset), frame.receivedAt());
        return new Age(before.plus(onServer), offset, exchange.uncertainty());
    }
}
