package io.scopegate.server.admission;

import io.scopegate.server.frame.FrameHeader;
import io.scopegate.server.frame.Timings.Age;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What is known of one client's clock. Any thread. */
public final class ClockOffset {

    private final AtomicReference<@Nullable ClockExchange> last = new AtomicReference<>();

    /** Takes the newest exchange; one during which a clock was stepped back is of no use and is left out. */
    public void measured(ClockExchange exchange) {
        if (!exchange.uncertainty().isNegative()) {
            last.set(exchange);
        }
    }

    /** How old the frame is, or null while no exchange is complete. */
    public @Nullable Age age(FrameHeader frame, long nowNanos) {
        ClockExchange exchange = last.get();
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
