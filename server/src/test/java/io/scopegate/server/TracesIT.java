package io.scopegate.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.proto.v1.Outcome;
import io.scopegate.server.testing.PackagedServer;
import io.scopegate.server.testing.Pictures;
import io.scopegate.server.testing.Served;
import io.scopegate.server.testing.StreamClient;
import io.scopegate.server.testing.TinyModel;
import io.scopegate.server.testing.TraceCollector;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that the packaged server sends traces if they are enabled, and connects to no collector otherwise. */
class TracesIT {

    private static final Map<String, String> ON = Map.of(
            "quarkus.otel.sdk.disabled", "false",
            "quarkus.otel.traces.sampler.arg", "1",
            "quarkus.otel.bsp.schedule.delay", "50ms");

    private static final int PATIENCE_MILLIS = 60_000;

    @TempDir
    private Path directory;

    @Test
    void framesAreTracedStageByStageAndNoDeviceIsNamed() throws Exception {
        try (TraceCollector collector = TraceCollector.start();
                PackagedServer server = start(ON, collector.address())) {
            classify(server);

            Served.await(() -> Stream.of("scopegate-server", "frame", "decode", "preprocess", "infer", "verdict")
                    .allMatch(collector.received()::contains));
            assertThat(collector.received()).contains("tiny/1").doesNotContain("tower-3");
        }
    }

    @Test
    void framesThatAreNotYetSentAreSentDuringTheStop() throws Exception {
        Map<String, String> settings = new HashMap<>(ON);
        settings.put("quarkus.otel.bsp.schedule.delay", "10m");
        // A quarter of it is how long the stop waits for the frames to be sent. The first export of a cold process may
        // take longer than the default allows.
        settings.put("quarkus.otel.experimental.shutdown-wait-time", "60s");
        try (TraceCollector collector = TraceCollector.start()) {
            try (PackagedServer server = start(settings, collector.address())) {
                classify(server);
            }

            assertThat(collector.received()).contains("frame", "verdict");
        }
    }

    @Test
    void noTraceIsExportedByDefault() throws Exception {
        try (TraceCollector collector = TraceCollector.start()) {
            try (PackagedServer server = start(Map.of(), collector.address())) {
                classify(server);
            }

            assertThat(collector.connections()).isZero();
        }
    }

    @Test
    void aCollectorThatDoesNotAnswerHoldsUpNeitherFramesNorTheStop() throws Exception {
        Map<String, String> settings = new HashMap<>(ON);
        // Frames and the stop that wait for an export then exceed the patience of the client and of PackagedServer.
        settings.put("quarkus.otel.exporter.otlp.timeout", "10m");
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            silent.setSoTimeout(PATIENCE_MILLIS);
            Socket asked;
            try (PackagedServer server = start(settings, "http://127.0.0.1:" + silent.getLocalPort())) {
                classify(server);
                asked = silent.accept();
                classify(server);
            }
            // Kept open until the server has stopped, because the end of the connection would end the export.
            asked.close();
        }
    }

    private PackagedServer start(Map<String, String> settings, String collector) throws IOException {
        Path models = directory.resolve("models");
        Files.createDirectories(models);
        TinyModel.spotDetector().publish(models);
        Map<String, String> all = new HashMap<>(settings);
        all.put("scopegate.models", models.toString());
        all.put("quarkus.otel.exporter.otlp.endpoint", collector);
        return PackagedServer.start(all, directory.resolve("server.log"));
    }

    private static void classify(PackagedServer server) throws Exception {
        StreamClient stream = StreamClient.on(server.channel());
        stream.open(StreamClient.jpegs().setDeviceId("tower-3"));
        byte[] spot = Pictures.jpeg(Pictures.spot(64, 48));
        for (int id = 1; id <= 20; id++) {
            assertThat(stream.classify(StreamClient.frame(id, spot)).getOutcome())
                    .isEqualTo(Outcome.OUTCOME_CLASSIFIED);
        }
    }
}
