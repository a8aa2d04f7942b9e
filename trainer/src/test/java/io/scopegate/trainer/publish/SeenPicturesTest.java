package io.scopegate.trainer.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.scopegate.bundle.model.ModelManifest;
import io.scopegate.bundle.model.ModelManifest.FileDigest;
import io.scopegate.bundle.model.ModelManifest.GoldenVectors;
import io.scopegate.bundle.model.ModelManifest.Input;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.bundle.preprocess.InputShape;
import io.scopegate.trainer.dataset.Label;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeenPicturesTest {

    private static final String ONE = "1".repeat(64);
    private static final String TWO = "2".repeat(64);

    @TempDir
    Path folder;

    @Test
    void writtenDigestsAreSortedAndReadBack() throws IOException {
        SeenPictures seen = new SeenPictures(Set.of(TWO, ONE), Set.of());

        seen.writeTo(folder);

        assertThat(folder.resolve("pictures/train.sha256")).content().isEqualTo(ONE + "\n" + TWO + "\n");
        assertThat(SeenPictures.read(model("pictures/train.sha256", "pictures/validation.sha256")))
                .contains(seen);
    }

    /**
     * Both lists are in the folder, but the manifest lists only one of them: the model counts as one without lists.
     */
    @Test
    void digestListsAreAbsentIfTheManifestOmitsOne() throws IOException {
        new SeenPictures(Set.of(ONE), Set.of(TWO)).writeTo(folder);

        assertThat(SeenPictures.read(model("pictures/train.sha256"))).isEmpty();
    }

    @Test
    void lineThatIsNoDigestIsNamed() throws IOException {
        new SeenPictures(Set.of(ONE), Set.of()).writeTo(folder);
        Path train = folder.resolve("pictures/train.sha256");
        Files.writeString(train, ONE + "\nfoo\n");

        assertThatThrownBy(() -> SeenPictures.read(model("pictures/train.sha256", "pictures/validation.sha256")))
                .isInstanceOf(IOException.class)
                .hasMessage(train + ": line 2: a SHA-256, 64 hexadecimal digits, not foo");
    }

    private PublishedModel model(String... listed) {
        List<FileDigest> files =
                Stream.of(listed).map(path -> new FileDigest(path, 0, ONE)).toList();
        ModelManifest manifest = new ModelManifest(
                "tiny",
                1,
                "model.onnx",
                Label.texts(),
                new Input("in", InputShape.REFERENCE, "none"),
                "out",
                0.5,
                1,
                new GoldenVectors(0, List.of()),
                files,
                JsonNodeFactory.instance.objectNode());
        return new PublishedModel(folder, manifest, "sha256:" + ONE);
    }
}
