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
 * Estimates the offset between the server's clock and one client's. Of the most recent exchanges it uses the one with
 * the smallest uncertainty, since an exchange that had to wait behind frames may be wrong by as long as it waited.
 * Offsets are kept relative to the server's monotonic clock, so that they stay valid when the server's wall clock is
 * set. Any thread.
 */
public final class ClockOffset {

    /**
     * How many exchanges are kept. With one every 10 s, they cover a minute, in which two clocks drift apart by about 1
     * ms.
     */
    private static final int KEPT = 6;

    /** By how much a timestamp may differ when a client sends it back: its clock type may have a lower resolution. */
    private static final Duration ROUNDED = Duration.ofMillis(1);

    private final AtomicReference<Recent> recent = new AtomicReference<>(new Recent(List.of(), null));
    private volatile @Nullable Reply reply;

    /**
     * The last reply sent, and the {@link io.scopegate.server.frame.ServerClock#origin() origin} of the server's clock
     * at that time.
     */
    private record Reply(Instant sent, Instant origin) {}

    /**
     * The result of one exchange.
     *
     * @param offset offset of the server's monotonic clock from the client's clock
     * @param uncertainty of that offset
     */
    private record Measured(Duration offset, Duration uncertainty) {

        /** Returns whether a single offset could explain both results. */
        boolean agreesWith(Measured other) {
            Duration apart = offset.minus(other.offset).abs();
            return apart.compareTo(uncertainty.plus(other.uncertainty)) <= 0;
        }
    }

    /** The most recent exchanges, the newest last, and the one with the smallest uncertainty. */
    private record Recent(
            List<Measured> exchanges, @Nullable Measured best) {

        /**
         * Adds the newest exchange. Drops those that contradict it: they were measured before the client's clock was
         * set.
         */
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
     * Records that a reply to a probe was made.
     *
     * @param sent the send time in the reply
     * @param origin of the server's clock at that time
     */
    public void replied(Instant sent, Instant origin) {
        reply = new Reply(sent, origin);
    }

    /**
     * Adds a completed exchange. An exchange during which a clock was stepped, so that its uncertainty is negative, is
     * ignored.
     *
     * @param origin of the server's clock now; used only if the exchange does not belong to the last reply
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

    /**
     * Returns the age of a frame, or null while no exchange has been completed. Without a capture time it counts from
     * the frame's arrival.
     */
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
