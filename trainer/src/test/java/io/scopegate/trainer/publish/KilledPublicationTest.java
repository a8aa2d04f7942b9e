package io.scopegate.trainer.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.scopegate.bundle.model.ModelManifest;
import io.scopegate.bundle.model.ModelManifest.GoldenVector;
import io.scopegate.bundle.model.ModelManifest.GoldenVectors;
import io.scopegate.bundle.model.ModelManifest.Input;
import io.scopegate.bundle.model.ModelPublisher;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.bundle.preprocess.InputShape;
import io.scopegate.bundle.preprocess.Preprocessing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledPublicationTest {

    @TempDir
    Path models;

    /**
     * A process is killed while it publishes: only its hidden draft is left, and no version. The next publication, 25
     * hours later, removes that draft, but not the fresh draft of another process.
     */
    @Test
    void killedProcessLeavesNoVersionAndADayLaterItsDraftIsRemoved() throws Exception {
        Process publishing = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Publishing.class.getName(),
                        models.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(publishing.inputReader().readLine()).isEqualTo("half written");

        publishing.destroyForcibly().waitFor();

        try (Stream<Path> left = Files.list(models.resolve("tiny"))) {
            assertThat(left)
                    .isNotEmpty()
                    .allMatch(path -> path.getFileName().toString().startsWith("."));
        }
        Path ofAnother = Files.createDirectory(models.resolve("tiny/.draft-of-another"));
        ageByADayExcept(ofAnother);
        PublishedModel published = ModelPublisher.publish(models, Publishing.MANIFEST, Publishing::writeAll);
        assertThat(published).isEqualTo(PublishedModel.open(models.resolve("tiny/1")));
        try (Stream<Path> left = Files.list(models.resolve("tiny"))) {
            assertThat(left).containsExactlyInAnyOrder(published.directory(), ofAnother);
        }
    }

    private void ageByADayExcept(Path path) throws IOException {
        try (Stream<Path> all = Files.list(models.resolve("tiny"))) {
            for (Path old : all.filter(each -> !each.equals(path)).toList()) {
                Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(25))));
            }
        }
    }

    /** Writes half of a model, prints so, and waits to be killed. */
    static final class Publishing {

        static final ModelManifest MANIFEST = new ModelManifest(
                "tiny",
                1,
                "model.onnx",
                List.of("inbody", "outbody"),
                new Input("INPUT__0", InputShape.REFERENCE, Preprocessing.ID),
                "OUTPUT__0",
                0.5,
                8,
                new GoldenVectors(0.001, List.of(new GoldenVector("golden/0.png", List.of(0.25, 0.75)))),
                List.of(),
                JsonNodeFactory.instance.objectNode().put("use", "not for clinical use"));

        private Publishing() {}

        public static void main(String[] args) throws IOException, ModelUnusableException {
            ModelPublisher.publish(Path.of(args[0]), MANIFEST, directory -> {
                Files.write(directory.resolve("model.onnx"), new byte[] {1});
                System.out.println("half written");
                int end = System.in.read();
                throw new IOException("killed, not told to go on by " + end);
            });
        }

        static void writeAll(Path directory) throws IOException {
            Files.write(directory.resolve("model.onnx"), new byte[] {1, 2, 3});
            Files.createDirectory(directory.resolve("golden"));
            Files.write(directory.resolve("golden/0.png"), new byte[] {9});
        }
    }
}
