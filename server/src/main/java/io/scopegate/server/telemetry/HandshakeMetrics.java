package io.scopegate.server.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Counts connections whose TLS handshake failed. Any thread. */
public final class HandshakeMetrics {

    private final Map<FailedHandshake, Counter> failed = new EnumMap<>(FailedHandshake.class);

    public HandshakeMetrics(MeterRegistry registry) {
        for (FailedHandshake why : FailedHandshake.values()) {
            failed.put(
                    why,
                    Counter.builder("scopegate.tls.handshakes.failed")
                            .description("Connections whose TLS handshake failed, by reason")
                            .tag("reason", Labels.reason(why))
                            .register(registry));
        }
    }

    /** Counts a failed handshake. */
    public void failed(FailedHandshake why) {
        Objects.requireNonNull(failed.get(why), "one for each reason").increment();
    }
}
