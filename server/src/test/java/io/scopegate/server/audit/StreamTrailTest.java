package io.scopegate.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.scopegate.audit.AuditEvent;
import io.scopegate.audit.AuditVerification;
import io.scopegate.audit.AuditVerification.Whole;
import io.scopegate.audit.LogLimits;
import io.scopegate.server.frame.FrameAnswer;
import io.scopegate.server.frame.FrameOutcome;
import io.scopegate.server.frame.FrameOutcome.Classified;
import io.scopegate.server.frame.FrameOutcome.Failed;
import io.scopegate.server.frame.FrameOutcome.Superseded;
import io.scopegate.server.frame.FrameVerdict;
import io.scopegate.server.frame.ModelIdentity;
import io.scopegate.server.frame.Reason;
import io.scopegate.server.frame.ServerClock;
import io.scopegate.server.frame.Timings;
import io.scopegate.server.infer.BatchLimits;
import io.scopegate.server.infer.WatchdogSettings;
import io.scopegate.server.model.ModelSettings;
import io.scopegate.server.model.ModelSlots;
import io.scopegate.server.model.Models;
import io.scopegate.server.model.ReloadSettings;
import io.scopegate.server.model.RepositorySettings;
import io.scopegate.server.testing.FakeSessions;
import io.scopegate.server.testing.Frames;
import io.scopegate.server.testing.ManualClock;
import io.scopegate.server.testing.Served;
import io.scopegate.server.testing.TinyModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opens, answers and ends streams, and reads what the closed log tells of them. Only tests advance the time. */
class StreamTrailTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** How long {@code close} may wait for the disk. Longer than a slow disk takes, so that every event is written. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Timings NONE = Timings.NONE;
    private static final ModelIdentity MODEL = new ModelIdentity("m", 3, "sha256:0", List.of("inbody", "outbody"), 0.5);

    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock();
    private AuditTrail trail = new AuditTrail(new AuditSettings(null, LogLimits.keepingAll(0)), clock);
    private long frames;

    @BeforeEach
    void start() {
        trail = new AuditTrail(
                new AuditSettings(folder.resolve("audit"), LogLimits.keepingAll(1 << 20)), clock, PAUSE, PATIENCE);
        trail.start();
    }

    @Test
    void streamIsAuditedFromItsOpenToItsEnd() throws Exception {
        StreamTrail stream = new StreamTrail(trail, "s7");
        stream.opened("tower-3", "m");
        answer(stream, classified(0.9), new FrameVerdict(true, true, Reason.MODEL));
        stream.ended(0, 2);

        List<JsonNode> lines = written();

        assertThat(kinds(lines)).containsExactly("stream-opened", "verdict", "stream-ended");
        JsonNode verdict = lines.get(1).path("details");
        assertThat(verdict.path("stream").asText()).isEqualTo("s7");
        assertThat(verdict.path("device").asText()).isEqualTo("tower-3");
        assertThat(verdict.path("frame").asText()).isEqualTo("1");
        assertThat(verdict.path("verdict").asText()).isEqualTo("IN_BODY");
        assertThat(verdict.path("model").asText()).isEqualTo("m/3");
        assertThat(verdict.path("inBody").asText()).isEqualTo("0.9");
        assertThat(lines.get(2).path("details").path("answered").asText()).isEqualTo("1");
        assertThat(lines.get(2).path("details").path("abandoned").asText()).isEqualTo("2");
    }

    @Test
    void onlyVerdictsThatChangeAreTold() throws Exception {
        StreamTrail stream = new StreamTrail(trail, "s1");
        for (int i = 0; i < 3; i++) {
            answer(stream, classified(0.9), FrameVerdict.outOfBody(true, Reason.SMOOTHING));
        }
        answer(stream, classified(0.9), new FrameVerdict(true, true, Reason.MODEL));
        answer(stream, classified(0.8), new FrameVerdict(true, true, Reason.MODEL));
        answer(stream, classified(0.1), FrameVerdict.outOfBody(false, Reason.MODEL));
        answer(stream, classified(0.9), FrameVerdict.outOfBody(true, Reason.SMOOTHING));

        assertThat(frames(written())).containsExactly("1", "4", "6");
    }

    @Test
    void everyWayIntoFailSafeIsToldWithItsReason() throws Exception {
        StreamTrail stream = new StreamTrail(trail, "s1");
        answer(stream, classified(0.1), FrameVerdict.outOfBody(false, Reason.MODEL));
        answer(stream, new Failed(Reason.NO_MODEL, ""), FrameVerdict.outOfBody(false, Reason.NO_MODEL));
        answer(stream, new Failed(Reason.NO_MODEL, ""), FrameVerdict.outOfBody(false, Reason.NO_MODEL));
        answer(stream, classified(0.9), FrameVerdict.outOfBody(true, Reason.FROZEN_PICTURE));

        List<JsonNode> lines = written();

        assertThat(frames(lines)).containsExactly("1", "2", "4");
        assertThat(lines.stream()
                        .map(line -> line.path("details").path("reason").asText()))
                .containsExactly("MODEL", "NO_MODEL", "FROZEN_PICTURE");
    }

    @Test
    void supersededFramesAreNotAudited() throws Exception {
        StreamTrail stream = new StreamTrail(trail, "s1");
        answer(stream, classified(0.9), new FrameVerdict(true, true, Reason.MODEL));
        answer(stream, new Superseded(3), FrameVerdict.outOfBody(false, Reason.SUPERSEDED));
        answer(stream, classified(0.9), new FrameVerdict(true, true, Reason.MODEL));

        assertThat(frames(written())).containsExactly("1");
    }

    @Test
    void verdictChangesOverTwentyPerSecondAreSuppressedAndCounted() throws Exception {
        StreamTrail stream = new StreamTrail(trail, "s1");
        for (int i = 0; i < 10_000; i++) {
            clock.advance(Duration.ofNanos(99_999));
            Reason reason = i % 2 == 0 ? Reason.EMPTY_FRAME : Reason.FRAME_ID_NOT_RISING;
            answer(stream, new Failed(reason, ""), FrameVerdict.outOfBody(false, reason));
        }
        clock.advance(Duration.ofSeconds(1));
        answer(stream, classified(0.9), new FrameVerdict(true, true, Reason.MODEL));
        stream.ended(0, 0);

        List<JsonNode> lines = written();

        assertThat(kinds(lines)).hasSize(23).endsWith("verdict", "verdict", "stream-ended");
        JsonNode leftOut = lines.get(20).path("details");
        assertThat(leftOut.path("frame").asText()).isEqualTo("10000");
        assertThat(leftOut.path("leftOut").asText()).isEqualTo("9979");
        assertThat(lines.get(21).path("details").path("verdict").asText()).isEqualTo("IN_BODY");
    }

    @Test
    void suppressedVerdictsAreAuditedWhenTheStreamEnds() throws Exception {
        StreamTrail stream = new StreamTrail(trail, "s1");
        flicker(stream);
        stream.ended(0, 0);

        List<JsonNode> lines = written();

        assertThat(kinds(lines)).hasSize(22);
        assertThat(lines.get(20).path("details").path("frame").asText()).isEqualTo("30");
        assertThat(lines.get(20).path("details").path("leftOut").asText()).isEqualTo("9");
    }

    private void flicker(StreamTrail stream) {
        for (int i = 0; i < 30; i++) {
            Reason reason = i % 2 == 0 ? Reason.EMPTY_FRAME : Reason.FRAME_ID_NOT_RISING;
            answer(stream, new Failed(reason, ""), FrameVerdict.outOfBody(false, reason));
        }
    }

    @Test
    void suppressedVerdictsAreAuditedAfterASecondWithoutAFrame() throws Exception {
        AuditTrail quick = quick();
        StreamTrail stream = new StreamTrail(quick, "s1");
        flicker(stream);
        clock.advance(Duration.ofSeconds(1));

        Path log = folder.resolve("quick/audit-00000001.jsonl");
        Served.await(() -> Files.exists(log) && content(log).contains("\"frame\":\"30\""));
        stream.ended(0, 0);
        quick.close();
        assertThat(content(log)).containsOnlyOnce("\"leftOut\":\"9\"");
    }

    @Test
    void suppressedVerdictsAreNotAuditedBeforeTheSecondEnds() throws Exception {
        StreamTrail stream = new StreamTrail(trail, "s1");
        flicker(stream);
        clock.advance(Duration.ofMillis(999));
        trail.leftOutVerdicts().tell();
        trail.record(trail.event("within"));
        clock.advance(Duration.ofMillis(1));
        trail.leftOutVerdicts().tell();

        assertThat(kinds(written())).hasSize(22).endsWith("within", "verdict");
    }

    /** A verdict that was left out of the log and is counted in a sum of streams is not logged on its own too. */
    @Test
    void verdictsCountedInAStreamSummaryAreNotAuditedAgain() throws Exception {
        for (int i = 0; i < 10; i++) {
            round("tower-3", "s" + i);
        }
        round("tower-3", "s10");
        clock.advance(Duration.ofSeconds(1));
        trail.leftOutVerdicts().tell();

        List<JsonNode> lines = written();

        assertThat(kinds(lines)).hasSize(31).endsWith("stream-ended", "streams-left-out");
        assertThat(lines.getLast().path("details").path("verdicts").asText()).isEqualTo("1");
    }

    @Test
    void suppressedVerdictsOfAnOpenStreamAreAuditedAtStop() throws Exception {
        flicker(new StreamTrail(trail, "s1"));

        assertThat(kinds(written())).hasSize(21);
    }

    @Test
    void streamsOverTenPerSecondOfADeviceAreSummarized() throws Exception {
        for (int i = 0; i < 1000; i++) {
            round("tower-3", "s" + i);
        }

        List<JsonNode> lines = written();

        assertThat(kinds(lines)).hasSize(31).endsWith("stream-ended", "streams-left-out");
        JsonNode sum = lines.getLast().path("details");
        assertThat(sum.path("device").asText()).isEqualTo("tower-3");
        assertThat(sum.path("lastStream").asText()).isEqualTo("s999");
        assertThat(List.of("opened", "ended", "answered", "abandoned", "verdicts"))
                .extracting(count -> sum.path(count).asText())
                .containsExactly("990", "990", "990", "1980", "990");
    }

    private void round(String device, String id) {
        StreamTrail stream = new StreamTrail(trail, id);
        stream.opened(device, "m");
        answer(stream, classified(0.9), new FrameVerdict(true, true, Reason.MODEL));
        stream.ended(0, 2);
    }

    @Test
    void otherDevicesAreAuditedFullyDuringASummary() throws Exception {
        for (int i = 0; i < 20; i++) {
            round("tower-3", "s" + i);
        }
        round("tower-4", "s20");

        List<JsonNode> lines = written();

        assertThat(kinds(lines).subList(30, 34))
                .containsExactly("stream-opened", "verdict", "stream-ended", "streams-left-out");
        assertThat(lines.get(32).path("details").path("device").asText()).isEqualTo("tower-4");
    }

    @Test
    void devicesThatAreTooManyInASecondCountAsOne() throws Exception {
        for (int i = 0; i < 200; i++) {
            new StreamTrail(trail, "s" + i).opened("d" + i, "m");
        }

        List<JsonNode> lines = written();

        assertThat(kinds(lines)).hasSize(StreamEventLimit.MOST_DEVICES + 20 + 1);
        JsonNode sum = lines.getLast().path("details");
        assertThat(sum.path("device").asText()).isEqualTo("(others)");
        assertThat(sum.path("opened").asText()).isEqualTo("116");
    }

    @Test
    void openStreamIsAuditedAfterItsOpenWasSummarized() throws Exception {
        for (int i = 0; i < 20; i++) {
            new StreamTrail(trail, "s" + i).opened("tower-3", "m");
        }
        StreamTrail stream = new StreamTrail(trail, "s20");
        stream.opened("tower-3", "m");
        answer(stream, classified(0.9), new FrameVerdict(true, true, Reason.MODEL));
        clock.advance(Duration.ofSeconds(1));
        answer(stream, classified(0.9), new FrameVerdict(true, true, Reason.MODEL));

        List<JsonNode> lines = written();

        JsonNode verdict = details(lines, "verdict");
        assertThat(verdict.path("stream").asText()).isEqualTo("s20");
        assertThat(verdict.path("leftOut").asText()).isEqualTo("0");
    }

    @Test
    void streamSummaryIsAuditedAfterItsSecondWithoutEvents() throws Exception {
        AuditTrail quick = quick();
        for (int i = 0; i < 21; i++) {
            new StreamTrail(quick, "s" + i).opened("tower-3", "m");
        }
        clock.advance(Duration.ofSeconds(1));

        Path log = folder.resolve("quick/audit-00000001.jsonl");
        Served.await(() -> Files.exists(log) && content(log).contains("\"opened\":\"1\",\"ended\":\"0\""));
        quick.close();
        assertThat(content(log)).containsOnlyOnce("streams-left-out");
    }

    /** Returns a started audit log that checks every millisecond whether a sum is due. */
    private AuditTrail quick() {
        AuditTrail quick = new AuditTrail(
                new AuditSettings(folder.resolve("quick"), LogLimits.keepingAll(1 << 20)),
                clock,
                Duration.ofMillis(1),
                PATIENCE);
        quick.start();
        return quick;
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void servedRefusedAndAbsentModelsAreAudited() throws Exception {
        Path models = folder.resolve("models");
        TinyModel.version(1).publish(models);
        Path network = TinyModel.version(2).publish(models).directory().resolve("network.onnx");
        Files.write(network, new byte[(int) Files.size(network)]);
        ReloadSettings reload =
                new ReloadSettings(Duration.ofSeconds(1), Duration.ZERO, 1, Duration.ofMinutes(5), null, null);
        ModelSettings settings = new ModelSettings(models, "tiny", null, new BatchLimits(1, 1, 1), reload);
        try (Models served = Models.of(
                new RepositorySettings(List.of(settings)),
                new FakeSessions(),
                new WatchdogSettings(null, Duration.ofSeconds(5), false),
                clock)) {
            ModelTrail.follow(served.first(), trail);
            ModelSlots.look(served);
            clock.advance(Duration.ofSeconds(1));
            ModelSlots.look(served);
        }

        List<JsonNode> lines = written();

        assertThat(kinds(lines)).contains("model-served", "model-refused").endsWith("model-absent");
        assertThat(details(lines, "model-served").path("model").asText()).isEqualTo("tiny/1");
        assertThat(details(lines, "model-refused").path("model").asText()).isEqualTo("tiny/2");
        assertThat(details(lines, "model-absent").path("reason").asText()).isEqualTo("the server is stopping");
        assertThat(details(lines, "model-absent").path("model").asText()).isEqualTo("tiny");
    }

    private static JsonNode details(List<JsonNode> lines, String kind) {
        return lines.stream()
                .filter(line -> line.path("event").asText().equals(kind))
                .findFirst()
                .orElseThrow()
                .path("details");
    }

    @Test
    void unwritableEventsAreCountedAndReported() throws Exception {
        Files.writeString(folder.resolve("file"), "");
        AuditTrail broken =
                new AuditTrail(new AuditSettings(folder.resolve("file"), LogLimits.keepingAll(1 << 20)), clock);
        broken.start();
        broken.record(broken.event("test"));
        broken.close();

        assertThat(broken.lost()).isOne();
        assertThat(broken.state()).contains("cannot be written");
    }

    @Test
    void lostEventsAreCountedOnceOverRepeatedFailures() throws Exception {
        Files.writeString(folder.resolve("file"), "");
        AuditTrail broken =
                new AuditTrail(new AuditSettings(folder.resolve("file"), LogLimits.keepingAll(1 << 20)), clock);

        for (int i = 0; i < 3; i++) {
            broken.write(new ArrayList<>(List.of(broken.event("test"))));
        }

        assertThat(broken.lost()).isEqualTo(3);
    }

    @Test
    void aFaultThatIsNoneOfTheDiskIsCountedAndSaidToo() {
        ServerClock stopped = new ServerClock() {
            @Override
            public Instant wallTime() {
                throw new IllegalStateException("no time");
            }

            @Override
            public long nanoTime() {
                return 0;
            }
        };
        AuditTrail odd =
                new AuditTrail(new AuditSettings(folder.resolve("odd"), LogLimits.keepingAll(1 << 20)), stopped);

        odd.write(new ArrayList<>(List.of(AuditEvent.of(Instant.EPOCH, "test"))));

        assertThat(odd.lost()).isOne();
        assertThat(odd.state()).endsWith("cannot be written: no time");
    }

    @Test
    void withoutADirectoryThereIsNoLog() throws Exception {
        AuditTrail off = new AuditTrail(new AuditSettings(null, LogLimits.keepingAll(1 << 20)), clock);
        off.start();
        off.record(off.event("test"));
        off.close();

        assertThat(off.state()).isEqualTo("off");
        assertThat(off.lost()).isZero();
    }

    private void answer(StreamTrail stream, FrameOutcome outcome, FrameVerdict verdict) {
        stream.answered(new FrameAnswer(Frames.header(++frames, null, clock), outcome, verdict, NONE));
    }

    private static Classified classified(double inBody) {
        return new Classified(MODEL, List.of(inBody, 1 - inBody), inBody > 0.5 ? 0 : 1, inBody > 0.5);
    }

    private List<JsonNode> written() throws IOException, InterruptedException {
        trail.close();
        assertThat(AuditVerification.of(folder.resolve("audit"))).isInstanceOf(Whole.class);
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("audit/audit-00000001.jsonl"))) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    private static List<String> kinds(List<JsonNode> lines) {
        return lines.stream().map(line -> line.path("event").asText()).toList();
    }

    private static List<String> frames(List<JsonNode> lines) {
        return lines.stream()
                .map(line -> line.path("details").path("frame").asText())
                .toList();
    }
}
