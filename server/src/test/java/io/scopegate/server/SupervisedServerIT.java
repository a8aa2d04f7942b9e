package io.scopegate.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.proto.v1.FrameAnswer;
import io.scopegate.proto.v1.Reason;
import io.scopegate.proto.v1.Verdict;
import io.scopegate.server.testing.PackagedServer;
import io.scopegate.server.testing.Pictures;
import io.scopegate.server.testing.Served;
import io.scopegate.server.testing.StreamClient;
import io.scopegate.server.testing.TinyModel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the process of the systemd unit with a network that really hangs. A stand-in for {@code systemd-notify} appends
 * each notification to a file, and fails for the first of each kind. A stand-in for {@code sleep} appends each pause to
 * the same file, and shortens it.
 */
class SupervisedServerIT {

    private static final Path SCRIPTS = Path.of("..", "deploy", "release", "bin");
    private static final String READY = "--ready WATCHDOG=1";
    private static final String FED = "WATCHDOG=1";
    private static final String PAUSE = "pause";

    @TempDir
    private Path directory;

    @Test
    void theWatchdogIsFedUntilTheNetworkHangs() throws Exception {
        TinyModel.endlessWithoutSpot().publish(Files.createDirectories(directory.resolve("models")));
        PackagedServer server = PackagedServer.start(supervised(), directory.resolve("server.log"));
        try {
            StreamClient stream = StreamClient.on(server.channel());
            stream.open(StreamClient.jpegs());
            assertThat(stream.classify(StreamClient.frame(1, Pictures.jpeg(Pictures.spot(64, 48))))
                            .getVerdict())
                    .isEqualTo(Verdict.VERDICT_IN_BODY);
            Served.await(() -> told(READY) == 2 && told(FED) > 2);

            FrameAnswer hung = stream.classify(StreamClient.frame(2, Pictures.jpeg(Pictures.plain(64, 48))));
            assertThat(hung.getVerdict()).isEqualTo(Verdict.VERDICT_OUT_OF_BODY);
            assertThat(hung.getReason()).isEqualTo(Reason.REASON_INFERENCE_FAILED);
            Served.await(() -> server.page("/q/health/live").contains("a run of the network does not return"));

            // One health check may have been in flight.
            awaitPauses(2);
            long fed = told(FED);
            awaitPauses(10);
            assertThat(told(FED)).isEqualTo(fed);
        } finally {
            server.kill();
        }
    }

    private ProcessBuilder supervised() throws IOException {
        Map<String, String> settings = Map.of(
                "scopegate.models",
                directory.resolve("models").toString(),
                "scopegate.inference.hang-limit",
                "2s",
                "scopegate.inference.canary-interval",
                "1h",
                "quarkus.http.port",
                String.valueOf(freePort()));
        script("bin/scopegate-supervised", Files.readString(SCRIPTS.resolve("scopegate-supervised")));
        script("bin/scopegate-alive", Files.readString(SCRIPTS.resolve("scopegate-alive")));
        script("bin/scopegate-server", "#!/bin/sh\nexec " + String.join(" ", PackagedServer.command(settings)) + "\n");
        script(
                "stand-ins/systemd-notify",
                "#!/bin/sh\necho \"$*\" >>'" + told() + "'\n[ $(grep -cxF -e \"$*\" '" + told() + "') -gt 1 ]\n");
        script("stand-ins/sleep", "#!/bin/sh\necho " + PAUSE + " >>'" + told() + "'\nexec /bin/sleep 0.05\n");
        ProcessBuilder builder =
                new ProcessBuilder(directory.resolve("bin/scopegate-supervised").toString());
        builder.environment().put("PATH", directory.resolve("stand-ins") + ":" + System.getenv("PATH"));
        builder.environment().put("NOTIFY_SOCKET", "/nonexistent");
        builder.environment().put("SCOPEGATE_HEALTH", "127.0.0.1:" + settings.get("quarkus.http.port"));
        return builder;
    }

    private void script(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitPauses(int more) {
        long until = told(PAUSE) + more;
        Served.await(() -> told(PAUSE) >= until);
    }

    private long told(String what) {
        try (var lines = Files.lines(told())) {
            return lines.filter(what::equals).count();
        } catch (IOException e) {
            return 0;
        }
    }

    private Path told() {
        return directory.resolve("told");
    }
}
