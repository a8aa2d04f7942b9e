package io.scopegate.cli.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.scopegate.bundle.model.ModelManifest;
import io.scopegate.bundle.model.ModelManifest.GoldenVectors;
import io.scopegate.bundle.model.ModelManifest.Input;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.bundle.preprocess.InputShape;
import io.scopegate.bundle.preprocess.Preprocessing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SingleModelSettingsTest {

    @TempDir
    Path folder;

    @Test
    void aDirectoryNamedAsTheModelIsServedAloneWhateverLiesBesideIt() throws IOException {
        Path directory = Files.createDirectories(folder.resolve("inbody/2"));
        Files.createDirectories(folder.resolve("other/1"));

        assertThat(SingleModelSettings.settings(model(directory)))
                .containsExactly(
                        "scopegate.models=" + folder, "scopegate.model.name=inbody", "scopegate.model.version=2");
        assertThat(SingleModelSettings.settings(model(directory.resolve(".")))).contains("scopegate.models=" + folder);
    }

    @Test
    void aLinkOfAnotherNameStandsForItsModel() throws IOException {
        Path directory = Files.createDirectories(folder.toRealPath().resolve("inbody/2"));
        Path link = Files.createSymbolicLink(folder.resolve("newest"), directory);

        assertThat(SingleModelSettings.settings(model(link))).contains("scopegate.models=" + folder.toRealPath());
    }

    @Test
    void aDirectoryOfAnotherNameIsRefusedThoughItsPlaceHoldsTheModelToo() throws IOException {
        Files.createDirectories(folder.resolve("inbody/2"));
        Path copy = Files.createDirectories(folder.resolve("copy/2"));

        assertThatThrownBy(() -> SingleModelSettings.settings(model(copy)))
                .isInstanceOf(IOException.class)
                .hasMessage(copy + ": the path of this model must end with " + Path.of("inbody", "2")
                        + ", the name and version in its manifest");
    }

    private static PublishedModel model(Path directory) {
        ModelManifest manifest = new ModelManifest(
                "inbody",
                2,
                "network.onnx",
                List.of(ModelManifest.IN_BODY, ModelManifest.OUT_OF_BODY),
                new Input("input", InputShape.REFERENCE, Preprocessing.ID),
                "logits",
                0.5,
                1,
                new GoldenVectors(0.1, List.of()),
                List.of(),
                JsonNodeFactory.instance.objectNode());
        return new PublishedModel(directory, manifest, "sha256:0");
    }
}
