package io.scopegate.server.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scopegate.audit.LogLimits;
import io.scopegate.server.audit.AuditSettings;
import io.scopegate.server.audit.AuditTrail;
import io.scopegate.server.testing.ManualClock;
import io.scopegate.server.testing.Served;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditMetricsTest {

    @TempDir
    Path folder;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ManualClock clock = new ManualClock();

    @Test
    void writingGaugeIsOneOnceTheAuditLogIsWritten() throws Exception {
        Path log = folder.resolve("log");
        AuditTrail trail = trail(log);
        AuditMetrics.follow(trail, registry);
        assertThat(writing()).as("before it was ever written").isZero();
        trail.start();
        trail.record(trail.event("test"));
        Served.await(() -> writing() == 1);
        assertThat(lost()).isZero();

        Files.move(log, folder.resolve("moved"));
        Files.writeString(log, "a file in place of the directory");
        clock.advance(Duration.ofSeconds(1));
        trail.record(trail.event("test"));
        Served.await(() -> writing() == 0);
        trail.close();
        assertThat(lost()).isOne();
    }

    @Test
    void lostAuditEventsAreCounted() throws Exception {
        AuditTrail broken = trail(Files.writeString(folder.resolve("file"), ""));
        AuditMetrics.follow(broken, registry);
        broken.start();
        broken.record(broken.event("test"));
        broken.close();

        assertThat(writing()).isZero();
        assertThat(lost()).isOne();
    }

    @Test
    void noAuditMetricExistsWithoutAnAuditLog() {
        AuditMetrics.follow(trail(null), registry);

        assertThat(registry.getMeters()).isEmpty();
    }

    private AuditTrail trail(@Nullable Path directory) {
        return new AuditTrail(new AuditSettings(directory, LogLimits.keepingAll(1 << 20)), clock);
    }

    private double writing() {
        return registry.get("scopegate.audit.writing").gauge().value();
    }

    private double lost() {
        return registry.get("scopegate.audit.events.lost").functionCounter().count();
    }
}
