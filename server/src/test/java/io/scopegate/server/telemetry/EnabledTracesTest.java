package io.scopegate.server.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.api.trace.SpanContext;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.scopegate.server.testing.ServedNoModel;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(EnabledTracesTest.Profile.class)
class EnabledTracesTest {

    @Inject
    OpenTelemetry telemetry;

    /** The settings of {@link ServedNoModel}, and traces, of which none is sampled and thus sent. */
    public static final class Profile implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings = new HashMap<>(new ServedNoModel().getConfigOverrides());
            settings.put("quarkus.otel.sdk.disabled", "false");
            settings.put("quarkus.otel.traces.sampler.arg", "0");
            return settings;
        }
    }

    /** OpenTelemetry hands out meters that do nothing if, and only if, it has no reader of metrics. */
    @Test
    void tracesBringNoReaderOfMetricsForWhichTheStopWouldWait() {
        assertThat(telemetry.getTracer("any").spanBuilder("any").startSpan().getSpanContext())
                .as("with traces, a span has an id")
                .matches(SpanContext::isValid);
        assertThat(telemetry.meterBuilder("any")).isSameAs(MeterProvider.noop().meterBuilder("any"));
    }
}
