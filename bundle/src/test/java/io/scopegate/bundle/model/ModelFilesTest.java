package io.scopegate.bundle.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.scopegate.bundle.model.ModelManifest.GoldenVector;
import io.scopegate.bundle.model.ModelManifest.GoldenVectors;
import io.scopegate.bundle.model.ModelManifest.Input;
import io.scopegate.bundle.preprocess.InputShape;
import io.scopegate.bundle.preprocess.Preprocessing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFilesTest {

    private static final ModelManifest MANIFEST = new ModelManifest(
            "inbody",
            1,
            "model.onnx",
            List.of("inbody", "outbody"),
            new Input("INPUT__0", InputShape.REFERENCE, Preprocessing.ID),
            "OUTPUT__0",
            0.5,
            8,
            new GoldenVectors(0.001, List.of(new GoldenVector("0.png", List.of(0.25, 0.75)))),
            List.of(),
            JsonNodeFactory.instance.objectNode());

    @TempDir
    Path models;

    private Path directory;
    private String digest;

    @BeforeEach
    void publish() throws Exception {
        PublishedModel model = ModelPublisher.publish(models, MANIFEST, draft -> {
            Files.write(draft.resolve("model.onnx"), new byte[] {1, 2, 3});
            Files.write(draft.resolve("0.png"), new byte[] {9});
        });
        directory = model.directory();
        digest = model.digest();
    }

    @Test
    void aWholeDirectoryLacksNothingAndLooksTheSameTwice() {
        ModelFiles files = ModelFiles.look(directory);

        assertThat(files.lacking()).isNull();
        assertThat(files.digest()).isEqualTo(digest);
        assertThat(ModelFiles.look(directory)).isEqualTo(files);
    }

    @Test
    void aChangedFileChangesTheStampButNotTheDigest() throws Exception {
        ModelFiles before = ModelFiles.look(directory);
        Files.setLastModifiedTime(directory.resolve("model.onnx"), FileTime.from(Instant.EPOCH));

        ModelFiles after = ModelFiles.look(directory);

        assertThat(after.stamp()).isNotEqualTo(before.stamp());
        assertThat(after.digest()).isEqualTo(before.digest());
    }

    @Test
    void aSignatureThatComesLaterChangesTheStamp() throws Exception {
        ModelFiles before = ModelFiles.look(directory);
        Files.writeString(directory.resolve("manifest.sig"), "signed");

        assertThat(ModelFiles.look(directory).stamp()).isNotEqualTo(before.stamp());
    }

    @Test
    void aShortFileAndAMissingOneAreLacking() throws Exception {
        Files.write(directory.resolve("model.onnx"), new byte[] {1});
        assertThat(ModelFiles.look(directory).lacking()).endsWith("model.onnx: 3 bytes, not 1");

        Files.delete(directory.resolve("model.onnx"));
        assertThat(ModelFiles.look(directory).lacking()).endsWith("model.onnx: a file of the manifest, not absent");
    }

    @Test
    void aManifestThatEndsTooEarlyIsLacking() throws Exception {
        Path manifest = directory.resolve("manifest.json");
        Files.writeString(manifest, Files.readString(manifest).substring(0, 50));

        assertThat(ModelFiles.look(directory).lacking())
                .startsWith("manifest.json: not JSON: line ")
                .doesNotContain("Source", "\n");
        assertThat(ModelFiles.look(directory).digest()).isEmpty();
    }

    @Test
    void aManifestThatIsWholeButWrongLacksNothing() throws Exception {
        Files.writeString(directory.resolve("manifest.json"), "{}");

        assertThat(ModelFiles.look(directory).lacking()).isNull();
    }

    @Test
    void aManifestThatCannotBeReadIsLacking() throws Exception {
        Path manifest = directory.resolve("manifest.json");
        Files.delete(manifest);
        Files.createSymbolicLink(manifest, manifest.getFileName());

        assertThat(ModelFiles.look(directory).lacking()).contains("manifest.json: cannot be read");
    }

    @Test
    void aManifestThatIsNotThereIsNamedWithTheReason() throws Exception {
        Path manifest = directory.resolve("manifest.json");
        Files.delete(manifest);

        assertThat(ModelFiles.look(directory).lacking())
                .isEqualTo(manifest + ": cannot be read: no such file or folder");
    }
}
