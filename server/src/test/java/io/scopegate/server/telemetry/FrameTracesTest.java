package io.scopegate.server.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.scopegate.server.frame.FrameAnswer;
import io.scopegate.server.frame.FrameOutcome;
import io.scopegate.server.frame.FrameOutcome.Classified;
import io.scopegate.server.frame.FrameOutcome.Rejected;
import io.scopegate.server.frame.FrameVerdict;
import io.scopegate.server.frame.ModelIdentity;
import io.scopegate.server.frame.Reason;
import io.scopegate.server.frame.Timings;
import io.scopegate.server.testing.Frames;
import io.scopegate.server.testing.ManualClock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FrameTracesTest {

    private static final ModelIdentity MODEL = new ModelIdentity("m", 1, "sha256:0", List.of("inbody", "outbody"), 0.5);
    private static final FrameOutcome IN_BODY = new Classified(MODEL, List.of(0.9, 0.1), 0, true);
    private static final FrameVerdict VERDICT = new FrameVerdict(true, true, Reason.MODEL);
    private static final Timings WHOLE_WAY = new Timings(ms(1), ms(2), ms(3), ms(4), ms(5), ms(6), null, 8);

    private final InMemorySpanExporter spans = InMemorySpanExporter.create();
    private final ManualClock clock = new ManualClock();

    @Test
    void aJudgedFrameIsASpanWithOneForEachStage() {
        answered(tracer(Sampler.alwaysOn()), IN_BODY, VERDICT, WHOLE_WAY);

        assertThat(spans.getFinishedSpanItems())
                .extracting(SpanData::getName)
                .containsExactly("decode", "preprocess", "infer", "verdict", "frame");
        SpanData frame = span("frame");
        assertThat(frame.getParentSpanContext().isValid()).isFalse();
        assertThat(since(frame, frame.getEndEpochNanos())).isEqualTo(ms(30));
        assertStage("decode", 1, 3);
        assertStage("preprocess", 3, 6);
        assertStage("infer", 10, 15);
        assertStage("verdict", 15, 21);
    }

    @Test
    void frameSpanHasOnlyTheOutcomeAttributes() {
        answered(tracer(Sampler.alwaysOn()), IN_BODY, VERDICT, WHOLE_WAY);

        assertThat(span("frame").getAttributes().asMap().keySet())
                .extracting(AttributeKey::getKey)
                .containsExactlyInAnyOrder(
                        "scopegate.frame.id",
                        "scopegate.outcome",
                        "scopegate.reason",
                        "scopegate.in_body",
                        "scopegate.in_body.raw",
                        "scopegate.model",
                        "scopegate.batch_size");
        assertThat(attribute("scopegate.outcome")).isEqualTo("classified");
        assertThat(attribute("scopegate.model")).isEqualTo("m/1");
    }

    @Test
    void theHighestIdsAreWrittenUnsigned() {
        FrameAnswer answer = new FrameAnswer(Frames.header(-1, null, clock), IN_BODY, VERDICT, WHOLE_WAY);

        new FrameTraces(tracer(Sampler.alwaysOn()), clock).answered(answer);

        assertThat(attribute("scopegate.frame.id")).isEqualTo("18446744073709551615");
    }

    @Test
    void rejectedFrameHasNoSpansForLaterStages() {
        Rejected corrupt = new Rejected(Reason.CORRUPT_PICTURE, "encoded", "a JPEG", "of device tower-3");
        Timings decodeBegun = new Timings(ms(1), null, null, null, null, null, null, 0);

        answered(
                tracer(Sampler.alwaysOn()),
                corrupt,
                FrameVerdict.outOfBody(false, Reason.CORRUPT_PICTURE),
                decodeBegun);

        assertThat(spans.getFinishedSpanItems()).extracting(SpanData::getName).containsExactly("frame");
        assertThat(attribute("scopegate.reason")).isEqualTo("corrupt_picture");
        assertThat(span("frame").getAttributes().toString()).doesNotContain("tower-3");
    }

    @Test
    void aShareOfFramesIsTracedWithAllOfTheirStages() {
        Tracer tracer = tracer(Sampler.traceIdRatioBased(0.1));
        for (int i = 0; i < 5000; i++) {
            answered(tracer, IN_BODY, VERDICT, WHOLE_WAY);
        }

        long frames = spans.getFinishedSpanItems().stream()
                .filter(span -> span.getName().equals("frame"))
                .count();
        assertThat(frames).isBetween(300L, 700L);
        assertThat(spans.getFinishedSpanItems()).hasSize((int) (5 * frames));
    }

    @Test
    void aTracerThatFailsHarmsNoFrame() {
        Tracer broken = name -> {
            throw new IllegalStateException("no memory for " + name);
        };

        assertThatCode(() -> answered(broken, IN_BODY, VERDICT, WHOLE_WAY)).doesNotThrowAnyException();
    }

    private Tracer tracer(Sampler sampler) {
        return SdkTracerProvider.builder()
                .setSampler(sampler)
                .addSpanProcessor(SimpleSpanProcessor.create(spans))
                .build()
                .get("test");
    }

    /** Traces a frame that is answered 30 ms after its arrival. */
    private void answered(Tracer tracer, FrameOutcome outcome, FrameVerdict verdict, Timings timings) {
        FrameAnswer answer = new FrameAnswer(Frames.header(1, null, clock), outcome, verdict, timings);
        clock.advance(ms(30));
        new FrameTraces(tracer, clock).answered(answer);
    }

    private void assertStage(String name, int start, int end) {
        SpanData frame = span("frame");
        SpanData stage = span(name);
        assertThat(stage.getParentSpanId()).isEqualTo(frame.getSpanId());
        assertThat(since(frame, stage.getStartEpochNanos())).isEqualTo(ms(start));
        assertThat(since(frame, stage.getEndEpochNanos())).isEqualTo(ms(end));
    }

    private static Duration since(SpanData frame, long epochNanos) {
        return Duration.ofNanos(epochNanos - frame.getStartEpochNanos());
    }

    private @Nullable String attribute(String name) {
        return span("frame").getAttributes().get(AttributeKey.stringKey(name));
    }

    private SpanData span(String name) {
        return spans.getFinishedSpanItems().stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Duration ms(int millis) {
        return Duration.ofMillis(millis);
    }
}
