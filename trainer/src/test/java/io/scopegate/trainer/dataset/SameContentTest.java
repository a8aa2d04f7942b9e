package io.scopegate.trainer.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SameContentTest {

    @TempDir
    Path folder;

    @Test
    void fileIsReadOnceHoweverOftenItIsAskedFor() throws IOException {
        Path fitted = Files.writeString(folder.resolve("a.jpg"), "a picture");
        Path test = Files.createSymbolicLink(folder.resolve("b.jpg"), fitted);
        Split split = new Split(
                List.of(new LabelledFrame(fitted, Label.IN_BODY, "v")),
                List.of(),
                List.of(new LabelledFrame(test, Label.OUT_OF_BODY, "w")));
        SameContent same = SameContent.of(split, new DataDigest());
        List<String> inSeveralSplits = same.inSeveralSplits();

        Files.delete(fitted);

        assertThat(inSeveralSplits).hasSize(1);
        assertThat(same.withBothLabels()).containsExactly(fitted + " = " + test);
    }
}
