package io.scopegate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.scopegate.cli.server.StandInServerJar;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs commands that start a server as separate processes, and checks what they leave in the temporary directory. */
class ScopegateProcessTest {

    private static final Path MODEL =
            Path.of(System.getProperty("scopegate.root")).resolve("models/inbody/1");
    private static final int LIMIT_SECONDS = 60;
    private static final int OUT_OF_MEMORY_STATUS = 3;

    @TempDir
    Path folder;

    private Path temporary;
    private Path errors;

    @BeforeEach
    void createHomeWithStandInServer() throws IOException {
        assumeTrue(Files.isRegularFile(MODEL.resolve("manifest.json")), "the model is there");
        temporary = Files.createDirectory(folder.resolve("tmp"));
        errors = folder.resolve("errors");
        StandInServerJar.install(folder.resolve("home"), StandInServer.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"soak reloads", "bench --reload-every 60"})
    void serverCrashShowsTheLogEndAndLeavesNoTemporaryFiles(String command) throws Exception {
        Process process = start(command, "-Ddies=true");

        assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(errors)
                .content()
                .contains("the server does not answer at http://127.0.0.1:")
                .contains("the server exited unexpectedly with status 3; end of its log:\n")
                .endsWith("no memory, for a test\n");
        assertThat(left()).isEmpty();
    }

    @Test
    void aServerThatServesOnAnotherTargetIsNotMeasured() throws Exception {
        Process process = start("bench --target cpu", "-Dtarget=cuda");

        assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(errors).content().contains("scopegate bench: the server runs on cuda instead of cpu\n");
        assertThat(left()).isEmpty();
    }

    @Test
    void commandStoppedMidRunLeavesNoTemporaryFiles() throws Exception {
        Path asked = Files.createDirectory(folder.resolve("asked"));
        try (WatchService watch = asked.getFileSystem().newWatchService()) {
            asked.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            Process process = start("soak reloads", "-Dasked=" + asked);
            assertThat(watch.poll(LIMIT_SECONDS, TimeUnit.SECONDS)).isNotNull();
            assertThat(left()).hasSize(3);

            process.destroy();

            assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(left()).isEmpty();
    }

    /** Returns what a command has in the temporary directory: a folder each for keys, model repository and log. */
    private List<Path> left() throws IOException {
        try (Stream<Path> entries = Files.list(temporary)) {
            return entries.filter(entry -> entry.getFileName().toString().startsWith("scopegate-"))
                    .toList();
        }
    }

    private Process start(String command, String serverOption) throws IOException {
        List<String> java = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + temporary,
                "-Dscopegate.home=" + folder.resolve("home"),
                "-cp",
                System.getProperty("java.class.path"),
                Scopegate.class.getName()));
        java.addAll(List.of(command.split(" ")));
        java.addAll(List.of("--model", MODEL.toString()));
        ProcessBuilder builder = new ProcessBuilder(java).redirectError(errors.toFile());
        builder.environment().put("SCOPEGATE_JAVA_OPTS", serverOption);
        builder.redirectOutput(folder.resolve("output").toFile());
        return builder.start();
    }

    /**
     * Reports that it is ready. When it is asked for its health, it exits if the property {@code dies} is true, names
     * its target if {@code target} is set, and is not healthy otherwise.
     */
    static final class StandInServer {

        private StandInServer() {}

        public static void main(String[] arguments) throws IOException {
            HttpServer pages = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
            pages.createContext("/", StandInServer::answer);
            pages.start();
            System.out.println("scopegate ready grpc=127.0.0.1:1 http=127.0.0.1:"
                    + pages.getAddress().getPort());
        }

        private static void answer(HttpExchange exchange) throws IOException {
            if (Boolean.getBoolean("dies")) {
                System.out.println("no memory, for a test");
                System.out.flush();
                Runtime.getRuntime().halt(OUT_OF_MEMORY_STATUS);
            }
            String target = System.getProperty("target");
            byte[] health = "{\"checks\": [{\"data\": {\"target\": \"%s\"}}]}"
                    .formatted(target)
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(target == null ? 503 : 200, health.length);
            exchange.getResponseBody().write(health);
            exchange.close();
            String asked = System.getProperty("asked");
            if (asked != null) {
                Files.writeString(Path.of(asked, "once"), "");
            }
        }
    }
}
