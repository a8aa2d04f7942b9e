package io.scopegate.trainer.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDigestTest {

    @TempDir
    Path folder;

    @Test
    void digestDependsOnContentLabelAndGroup() throws IOException {
        Path file = Files.writeString(folder.resolve("a.jpg"), "a");
        Path other = Files.writeString(folder.resolve("b.jpg"), "b");

        assertThat(List.of(
                        digest(file, Label.IN_BODY, "v"),
                        digest(other, Label.IN_BODY, "v"),
                        digest(file, Label.OUT_OF_BODY, "v"),
                        digest(file, Label.IN_BODY, "w")))
                .doesNotHaveDuplicates();
    }

    @Test
    void fileThatCannotBeReadHasADigestOfItsOwn() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.jpg"));

        assertThat(digest(folder.resolve("gone.jpg"), Label.IN_BODY, "v"))
                .hasSize(64)
                .isNotEqualTo(digest(empty, Label.IN_BODY, "v"));
    }

    @Test
    void fileIsReadOnce() throws IOException {
        Path file = Files.writeString(folder.resolve("a.jpg"), "a");
        List<LabelledFrame> frames = List.of(new LabelledFrame(file, Label.IN_BODY, "v"));
        DataDigest digest = new DataDigest();
        String before = digest.of(frames);

        Files.delete(file);

        assertThat(digest.of(frames)).isEqualTo(before);
    }

    private static String digest(Path file, Label label, String group) {
        return new DataDigest().of(List.of(new LabelledFrame(file, label, group)));
    }
}
