package io.scopegate.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.scopegate.audit.LogLimits;
import io.scopegate.server.frame.FrameAnswer;
import io.scopegate.server.frame.FrameOutcome.Failed;
import io.scopegate.server.frame.FrameVerdict;
import io.scopegate.server.frame.Reason;
import io.scopegate.server.frame.Timings;
import io.scopegate.server.testing.Frames;
import io.scopegate.server.testing.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers single calls, and reads from the closed log which of them it tells of. Only tests advance the time. */
class SingleTrailsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** How long {@code close} may wait for the disk. Longer than a slow disk takes, so that every event is written. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock();
    private AuditTrail trail = new AuditTrail(new AuditSettings(null, LogLimits.keepingAll(0)), clock);
    private long frames;

    @BeforeEach
    void start() {
        trail = new AuditTrail(new AuditSettings(folder, LogLimits.keepingAll(1 << 20)), clock, PAUSE, PATIENCE);
        trail.start();
    }

    @Test
    void onlyVerdictChangesPerDeviceAndModelAreAudited() throws Exception {
        answer("tower-3", "m", Reason.NO_MODEL);
        answer("tower-4", "m", Reason.EMPTY_FRAME);
        answer("tower-3", "other", Reason.INTERNAL);
        answer("tower-3", "m", Reason.NO_MODEL);
        answer("tower-3", "m", Reason.DRAINING);

        assertThat(written())
                .extracting(line -> line.path("device").asText() + " "
                        + line.path("call").asText() + " "
                        + line.path("reason").asText())
                .containsExactly(
                        "tower-3 single NO_MODEL",
                        "tower-4 single EMPTY_FRAME",
                        "tower-3 single INTERNAL",
                        "tower-3 single DRAINING");
    }

    @Test
    void suppressedVerdictsAreAuditedAfterASecondWithoutACall() throws Exception {
        for (int i = 0; i < 30; i++) {
            answer("tower-3", "m", i % 2 == 0 ? Reason.NO_MODEL : Reason.EMPTY_FRAME);
        }
        trail.leftOutVerdicts().tell();
        trail.record(trail.event("within"));
        clock.advance(Duration.ofSeconds(1));
        trail.leftOutVerdicts().tell();
        trail.record(trail.event("after"));

        List<JsonNode> lines = written();

        assertThat(lines).hasSize(23);
        assertThat(lines.get(20)).isEmpty();
        assertThat(lines.get(21).path("frame").asText()).isEqualTo("30");
        assertThat(lines.get(21).path("leftOut").asText()).isEqualTo("9");
    }

    @Test
    void suppressedVerdictsAreAuditedWhenTheServerStops() throws Exception {
        for (int i = 0; i < 30; i++) {
            answer("tower-3", "m", i % 2 == 0 ? Reason.NO_MODEL : Reason.EMPTY_FRAME);
        }

        assertThat(written())
                .hasSize(21)
                .last()
                .satisfies(line -> assertThat(line.path("leftOut").asText()).isEqualTo("9"));
    }

    @Test
    void aDeviceThatIsSilentForTenMinutesIsForgotten() throws Exception {
        answer("tower-3", "m", Reason.NO_MODEL);
        clock.advance(Duration.ofMinutes(9));
        trail.singles().forgetIdle();
        answer("tower-3", "m", Reason.NO_MODEL);
        clock.advance(Duration.ofMinutes(10));
        trail.singles().forgetIdle();
        answer("tower-3", "m", Reason.NO_MODEL);

        assertThat(written()).extracting(line -> line.path("frame").asText()).containsExactly("1", "3");
    }

    @Test
    void devicesThatAreTooManyCountAsOne() throws Exception {
        for (int i = 0; i < SingleTrails.MOST + 50; i++) {
            answer("d" + i, "m", Reason.NO_MODEL);
        }

        assertThat(written())
                .hasSize(SingleTrails.MOST + 1)
                .last()
                .satisfies(line -> assertThat(line.path("device").asText()).isEqualTo("(others)"));
    }

    private void answer(String device, String model, Reason reason) {
        trail.singles()
                .answered(
                        device,
                        model,
                        new FrameAnswer(
                                Frames.header(++frames, null, clock),
                                new Failed(reason, ""),
                                FrameVerdict.outOfBody(false, reason),
                                Timings.NONE));
    }

    private List<JsonNode> written() throws IOException, InterruptedException {
        trail.close();
        List<JsonNode> details = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("audit-00000001.jsonl"))) {
            details.add(JSON.readTree(line).path("details"));
        }
        return details;
    }
}
