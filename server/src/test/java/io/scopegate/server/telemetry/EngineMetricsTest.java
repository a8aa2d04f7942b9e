package io.scopegate.server.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scopegate.inference.engine.BuildEnd;
import io.scopegate.inference.engine.BuildEnd.Outcome;
import io.scopegate.inference.engine.EngineStatus;
import io.scopegate.server.testing.StubEngines;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EngineMetricsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final StubEngines engines = new StubEngines();

    @BeforeEach
    void follow() {
        EngineMetrics.follow(engines, registry);
    }

    @Test
    void aBuildThatRunsIsShown() {
        assertThat(running()).isZero();

        engines.build(new EngineStatus(List.of("tiny/1"), "fp16: being built for 1 s"));
        assertThat(running()).isEqualTo(1);

        engines.end(new BuildEnd(Outcome.BUILT, Duration.ofSeconds(212)));
        assertThat(running()).isZero();
    }

    @Test
    void buildsAreCountedByOutcome() {
        engines.end(new BuildEnd(Outcome.FAILED, Duration.ofSeconds(12)));
        engines.end(new BuildEnd(Outcome.FAILED, Duration.ofSeconds(13)));
        engines.end(new BuildEnd(Outcome.BUILT, Duration.ofSeconds(212)));

        assertThat(count("failed")).isEqualTo(2);
        assertThat(count("built")).isEqualTo(1);
        assertThat(registry.get("scopegate.engine.build.last").timeGauge().value(TimeUnit.SECONDS))
                .isEqualTo(212);
    }

    private double running() {
        return registry.get("scopegate.engine.builds.running").gauge().value();
    }

    private double count(String outcome) {
        return registry.get("scopegate.engine.builds")
                .tag("outcome", outcome)
                .counter()
                .count();
    }
}
