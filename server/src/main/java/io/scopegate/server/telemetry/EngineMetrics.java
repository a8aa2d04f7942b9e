package io.scopegate.server.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.scopegate.inference.engine.BackgroundBuilds;
import io.scopegate.inference.engine.BuildEnd;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Metrics of the builds of TensorRT engines. */
public final class EngineMetrics {

    private final MeterRegistry registry;
    private final AtomicLong lastMillis = new AtomicLong();

    private EngineMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Registers the metrics, and counts every build from now on. */
    public static void follow(BackgroundBuilds engines, MeterRegistry registry) {
        EngineMetrics metrics = new EngineMetrics(registry);
        Gauge.builder("scopegate.engine.builds.running", engines, BackgroundBuilds::running)
                .description("TensorRT engines being built")
                .strongReference(true)
                .register(registry);
        TimeGauge.builder("scopegate.engine.build.last", metrics.lastMillis, TimeUnit.MILLISECONDS, AtomicLong::get)
                .description("Duration of the last engine build, whatever its outcome; 0 before the first")
                .strongReference(true)
                .register(registry);
        engines.onEnd(metrics::count);
    }

    private void count(BuildEnd end) {
        lastMillis.set(end.took().toMillis());
        String outcome = end.outcome().name().toLowerCase(Locale.ROOT);
        Counter.builder("scopegate.engine.builds")
                .description("Completed engine builds, by outcome")
                .tag("outcome", outcome)
                .register(registry)
                .increment();
    }
}
