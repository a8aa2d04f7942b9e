package io.scopegate.bundle.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.scopegate.bundle.model.ModelManifest.GoldenVector;
import io.scopegate.bundle.model.ModelManifest.GoldenVectors;
import io.scopegate.bundle.model.ModelManifest.Input;
import io.scopegate.bundle.preprocess.InputShape;
import io.scopegate.bundle.preprocess.Preprocessing;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process with SIGKILL while it publishes versions. Every version that has its final name must be complete. */
class PublishKillTest {

    private static final int KILLS = 3;
    private static final int PUBLISHED = 3;
    private static final int NETWORK_BYTES = 1 << 16;

    @TempDir
    Path models;

    @Test
    void everyVersionIsCompleteAfterAKill() throws Exception {
        for (int kill = 1; kill <= KILLS; kill++) {
            publishUntilKilled(PUBLISHED);

            for (Path version : versions()) {
                PublishedModel.open(version);
            }
        }

        assertThat(versions()).hasSizeGreaterThanOrEqualTo(KILLS * PUBLISHED);
    }

    private List<Path> versions() throws IOException {
        try (Stream<Path> entries = Files.list(models.resolve("inbody"))) {
            return entries.filter(entry -> !entry.getFileName().toString().startsWith("."))
                    .toList();
        }
    }

    /**
     * Starts a publishing process and kills it as soon as it has reported this many versions, while it is at the next
     * one.
     */
    private void publishUntilKilled(int published) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Publishing.class.getName(),
                        models.toString())
                .redirectError(Redirect.DISCARD)
                .start();
        try (BufferedReader lines = process.inputReader()) {
            for (int line = 0; line < published; line++) {
                assertThat(lines.readLine()).isEqualTo("published");
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** The program that is killed. */
    static final class Publishing {

        private Publishing() {}

        public static void main(String[] arguments) throws Exception {
            Path models = Path.of(arguments[0]);
            for (int version = 1; true; version++) {
                if (!Files.exists(models.resolve("inbody/" + version))) {
                    ModelPublisher.publish(models, manifest(version), Publishing::write);
                    System.out.println("published");
                }
            }
        }

        private static void write(Path directory) throws IOException {
            Files.write(directory.resolve("model.onnx"), new byte[NETWORK_BYTES]);
            Files.writeString(directory.resolve("0.png"), "picture");
        }

        private static ModelManifest manifest(int version) {
            return new ModelManifest(
                    "inbody",
                    version,
                    "model.onnx",
                    List.of("inbody", "outbody"),
                    new Input("INPUT__0", InputShape.REFERENCE, Preprocessing.ID),
                    "OUTPUT__0",
                    0.5,
                    1,
                    new GoldenVectors(0.001, List.of(new GoldenVector("0.png", List.of(0.25, 0.75)))),
                    List.of(),
                    JsonNodeFactory.instance.objectNode());
        }
    }
}
