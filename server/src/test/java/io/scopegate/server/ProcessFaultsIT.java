package io.scopegate.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.scopegate.audit.AuditVerification;
import io.scopegate.proto.v1.ClassifyStreamResponse;
import io.scopegate.proto.v1.DeliveryPolicy;
import io.scopegate.proto.v1.FrameAnswer;
import io.scopegate.proto.v1.FrameFormat;
import io.scopegate.proto.v1.Outcome;
import io.scopegate.proto.v1.PixelFormat;
import io.scopegate.proto.v1.Reason;
import io.scopegate.proto.v1.Verdict;
import io.scopegate.server.testing.PackagedServer;
import io.scopegate.server.testing.Pictures;
import io.scopegate.server.testing.Served;
import io.scopegate.server.testing.StreamClient;
import io.scopegate.server.testing.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults that the process of a packaged server has to survive, or to end on with the right exit code. */
class ProcessFaultsIT {

    private static final byte[] SPOT = Pictures.jpeg(Pictures.spot(64, 48));
    private static final byte[] HANGS = Pictures.jpeg(Pictures.plain(64, 48));
    private static final int LAST = 4;
    private static final int EXIT_ON_OUT_OF_MEMORY = 3;

    @TempDir
    private Path directory;

    @Test
    void aNetworkThatHangsEndsTheProcessByConfigurationWithEveryFrameAnswered() throws Exception {
        PackagedServer server = startHung(Map.of("scopegate.inference.exit-on-fault", "true"));
        hang(server);

        assertThat(server.end()).isEqualTo(1);
        assertThat(log()).contains("exiting, because scopegate.inference.exit-on-fault is set");
        assertThat(crashReport()).doesNotExist();
    }

    @Test
    void aNetworkThatHangsOtherwiseLeavesAServerThatFailsEachFrameAndStopsCleanly() throws Exception {
        try (PackagedServer server = startHung(Map.of())) {
            StreamClient stream = hang(server);

            Served.await(() -> server.page("/q/health/live").contains("\"status\": \"DOWN\""));
            FrameAnswer next = stream.classify(StreamClient.frame(LAST + 1, SPOT));
            assertThat(next.getVerdict()).isEqualTo(Verdict.VERDICT_OUT_OF_BODY);
            assertThat(next.getReason()).isEqualTo(Reason.REASON_INFERENCE_FAILED);
        }
        assertThat(crashReport()).doesNotExist();
    }

    @Test
    void serverExitsOnOutOfMemoryWhenConfigured() throws Exception {
        TinyModel.spotDetector().publish(models());
        Map<String, String> lavish = Map.of("scopegate.max-dimension", "26000", "scopegate.max-pixels", "676000000");
        List<String> command = PackagedServer.command(settings(lavish));
        // Before -jar, where Java expects its own options. The native executable takes this one too.
        command.add(1, "-XX:+ExitOnOutOfMemoryError");
        PackagedServer server = PackagedServer.start(new ProcessBuilder(command), logFile());
        StreamClient stream = StreamClient.on(server.channel());
        stream.open(StreamClient.jpegs());

        stream.send(StreamClient.frame(1, Pictures.pngThatStates(26_000, 26_000))
                .setFormat(FrameFormat.newBuilder().setPixelFormat(PixelFormat.PIXEL_FORMAT_PNG)));

        assertThat(stream.end().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(stream.nothingMore()).isTrue();
        assertThat(server.end()).isEqualTo(EXIT_ON_OUT_OF_MEMORY);
    }

    @Test
    void smallPicturesThatAreLargeOnceDecodedTakeNotAllMemoryHoweverManyThreadsDecode() throws Exception {
        TinyModel.spotDetector().publish(models());
        List<String> command = PackagedServer.command(settings(Map.of("scopegate.workers", "8")));
        command.add(1, "-XX:+ExitOnOutOfMemoryError");
        try (PackagedServer server = PackagedServer.start(new ProcessBuilder(command), logFile())) {
            List<StreamClient> streams = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                StreamClient stream = StreamClient.on(server.channel());
                stream.open(StreamClient.jpegs());
                streams.add(stream);
            }
            byte[] large = Pictures.pngThatStates(8192, 4320);
            for (StreamClient stream : streams) {
                stream.send(StreamClient.frame(1, large)
                        .setFormat(FrameFormat.newBuilder().setPixelFormat(PixelFormat.PIXEL_FORMAT_PNG)));
            }

            for (StreamClient stream : streams) {
                assertThat(stream.nextAnswer().getOutcome()).isEqualTo(Outcome.OUTCOME_REJECTED);
                assertThat(stream.classify(StreamClient.frame(2, SPOT)).getVerdict())
                        .isEqualTo(Verdict.VERDICT_IN_BODY);
            }
        }
    }

    @Test
    void sigtermDuringStartupStopsCleanlyWithoutQuarantine() throws Exception {
        TinyModel.spotDetector().publish(models());
        Path audit = directory.resolve("audit");
        Map<String, String> settings = settings(Map.of("scopegate.audit.directory", audit.toString()));

        assertThat(PackagedServer.stoppedOnceItSays(" workers, JPEG ", settings, logFile()))
                .isZero();

        assertThat(log())
                .contains("stopping on SIGTERM", "stopped in")
                .doesNotContain(" was rejected and is quarantined");
        assertThat(Files.readString(audit.resolve("audit-00000001.jsonl")))
                .contains("\"server-stopped\"")
                .doesNotContain("model-refused");
    }

    @Test
    void aSettingThatDoesNotDoIsSaidInOneLine() throws Exception {
        assertThat(PackagedServer.refused(settings(Map.of("scopegate.max-streams", "0")), logFile()))
                .isEqualTo(1);

        assertThat(log().lines().filter(line -> line.contains("scopegate.max-streams: at least 1, not 0")))
                .hasSize(1);
        assertThat(log()).doesNotContain("IllegalArgumentException");
    }

    @Test
    void aSecondServerOnTheSameAuditLogDoesNotStart() throws Exception {
        TinyModel.spotDetector().publish(models());
        Path audit = directory.resolve("audit");
        Map<String, String> settings = settings(Map.of("scopegate.audit.directory", audit.toString()));
        try (PackagedServer first = PackagedServer.start(settings, directory.resolve("first.log"))) {
            assertThat(first.page("/q/health/ready")).contains("\"log\": \"writing\"");

            assertThat(PackagedServer.refused(settings, logFile())).isEqualTo(1);
            assertThat(log()).contains("scopegate.audit.directory: one that no other server writes to, not " + audit);
        }
        assertThat(AuditVerification.of(audit)).isInstanceOf(AuditVerification.Whole.class);

        PackagedServer.start(settings, logFile()).close();
        assertThat(AuditVerification.of(audit)).isInstanceOf(AuditVerification.Whole.class);
    }

    private PackagedServer startHung(Map<String, String> more) throws IOException {
        TinyModel.endlessWithoutSpot().publish(models());
        Map<String, String> settings = settings(more);
        settings.put("scopegate.inference.hang-limit", "500ms");
        // With several workers a later frame could reach the network before an earlier one.
        settings.put("scopegate.workers", "1");
        // The canary, a run without a frame, would hang too.
        settings.put("scopegate.inference.canary-interval", "1h");
        List<String> command = PackagedServer.command(settings);
        if (command.contains("-jar")) {
            // A crash during exit has the same exit code as a fault; only its report tells them apart.
            command.add(1, "-XX:ErrorFile=" + crashReport());
        }
        return PackagedServer.start(new ProcessBuilder(command), logFile());
    }

    private Path crashReport() {
        return directory.resolve("crash.log");
    }

    /** Has one frame judged and the next one hang. It and all frames behind it must fail, out of body and in order. */
    private static StreamClient hang(PackagedServer server) throws InterruptedException {
        StreamClient stream = StreamClient.on(server.channel());
        stream.open(StreamClient.jpegs().setDeliveryPolicy(DeliveryPolicy.DELIVERY_POLICY_BLOCK));
        assertThat(stream.classify(StreamClient.frame(1, SPOT)).getVerdict()).isEqualTo(Verdict.VERDICT_IN_BODY);
        stream.send(StreamClient.frame(2, HANGS));
        for (int id = 3; id <= LAST; id++) {
            stream.send(StreamClient.frame(id, SPOT));
        }
        for (int id = 2; id <= LAST; id++) {
            FrameAnswer answer = nextAnswer(stream);
            assertThat(answer.getFrameId()).isEqualTo(id);
            assertThat(answer.getOutcome()).isEqualTo(Outcome.OUTCOME_FAILED);
            assertThat(answer.getVerdict()).isEqualTo(Verdict.VERDICT_OUT_OF_BODY);
        }
        return stream;
    }

    /** Returns the next answer, skipping the notice of a drain that may come between two answers. */
    private static FrameAnswer nextAnswer(StreamClient stream) throws InterruptedException {
        ClassifyStreamResponse response = stream.next();
        return response.hasDraining() ? stream.nextAnswer() : response.getAnswer();
    }

    private Map<String, String> settings(Map<String, String> more) throws IOException {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("scopegate.models", models().toString());
        return settings;
    }

    private Path models() throws IOException {
        return Files.createDirectories(directory.resolve("models"));
    }

    private Path logFile() {
        return directory.resolve("server.log");
    }

    private String log() throws IOException {
        return Files.readString(logFile());
    }
}
