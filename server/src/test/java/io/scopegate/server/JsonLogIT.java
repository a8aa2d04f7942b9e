package io.scopegate.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.grpc.Status;
import io.scopegate.proto.v1.ClassifyStreamRequest;
import io.scopegate.proto.v1.Outcome;
import io.scopegate.server.testing.PackagedServer;
import io.scopegate.server.testing.Pictures;
import io.scopegate.server.testing.StreamClient;
import io.scopegate.server.testing.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks the log of the packaged server: plain text by default, one JSON object per line on request. */
class JsonLogIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FRAMES = 50;

    /** The end of the line about the refused stream, with the line break of its device id as an escape. */
    private static final String REFUSED_ID =
            "device_id: at most 128 characters of [A-Za-z0-9._:-], not tower \"3\"\\u000a{";

    @TempDir
    private Path directory;

    @Test
    void eachLineIsAnObjectAndFramesWriteNone() throws Exception {
        int beforeFrames;
        int afterFrames;
        try (PackagedServer server = start(Map.of("quarkus.log.console.json.enabled", "true"))) {
            refuse(server);
            StreamClient stream = StreamClient.on(server.channel());
            stream.open(StreamClient.jpegs().setDeviceId("tower-3"));
            assertThat(stream.classify(StreamClient.frame(1, new byte[1])).getOutcome())
                    .isEqualTo(Outcome.OUTCOME_REJECTED);
            beforeFrames = lines().size();

            classify(stream);
            afterFrames = lines().size();
        }

        List<JsonNode> log = new ArrayList<>();
        for (String line : lines()) {
            log.add(JSON.readTree(line));
        }
        assertThat(log).allSatisfy(JsonLogIT::isWhole);
        assertThat(log)
                .anySatisfy(line -> assertThat(line.path("message").asText()).contains("opened by device 'tower-3'"));
        assertThat(log)
                .anySatisfy(line -> assertThat(line.path("message").asText()).contains(REFUSED_ID));
        assertThat(afterFrames).isEqualTo(beforeFrames);
    }

    @Test
    void logIsPlainTextByDefault() throws Exception {
        start(Map.of()).close();

        assertThat(lines()).isNotEmpty().noneMatch(line -> line.startsWith("{"));
    }

    private PackagedServer start(Map<String, String> settings) throws IOException {
        Path models = directory.resolve("models");
        Files.createDirectories(models);
        TinyModel.spotDetector().publish(models);
        Map<String, String> all = new HashMap<>(settings);
        all.put("scopegate.models", models.toString());
        return PackagedServer.start(all, log());
    }

    /** Opens a stream with a device id that is refused; the id, which JSON has to escape, is in the log. */
    private static void refuse(PackagedServer server) {
        StreamClient odd = StreamClient.on(server.channel());
        odd.send(ClassifyStreamRequest.newBuilder()
                .setOpen(StreamClient.jpegs().setDeviceId("tower \"3\"\n{"))
                .build());
        assertThat(odd.end().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    private static void classify(StreamClient stream) throws Exception {
        byte[] spot = Pictures.jpeg(Pictures.spot(64, 48));
        for (int id = 2; id <= FRAMES; id += 2) {
            assertThat(stream.classify(StreamClient.frame(id, spot)).getOutcome())
                    .isEqualTo(Outcome.OUTCOME_CLASSIFIED);
            assertThat(stream.classify(StreamClient.frame(id + 1, new byte[1])).getOutcome())
                    .isEqualTo(Outcome.OUTCOME_REJECTED);
        }
    }

    private static void isWhole(JsonNode line) {
        assertThat(OffsetDateTime.parse(line.path("timestamp").asText())).isNotNull();
        assertThat(line.path("level").asText()).isNotEmpty();
        assertThat(line.path("loggerName").asText()).isNotEmpty();
        assertThat(line.path("message").asText()).isNotEmpty();
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(log());
    }

    private Path log() {
        return directory.resolve("server.log");
    }
}
