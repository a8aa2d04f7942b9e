package io.scopegate.server.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scopegate.server.model.ModelSlots;
import io.scopegate.server.model.Models;
import io.scopegate.server.testing.ManualClock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ModelMetricsTest {

    private final ManualClock clock = new ManualClock();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Models models = ModelSlots.models(clock, ModelSlots.loading(), ModelSlots.loading());

    @Test
    void aLoadThatIsUnderWayIsTimedAndNoneIsZero() {
        ModelMetrics.follow(models, meters);

        ModelSlots.whileLoading(models, "fake/1", () -> {
            clock.advance(Duration.ofMillis(2500));
            assertThat(loading()).isEqualTo(2.5);
        });

        assertThat(loading()).isZero();
    }

    private double loading() {
        return meters.get("scopegate.model.loading").timeGauge().value(TimeUnit.SECONDS);
    }
}
