package io.scopegate.server.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scopegate.server.model.ServingMode.Following;
import io.scopegate.server.model.ServingMode.Halted;
import io.scopegate.server.model.ServingMode.Pinned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests how the pins of several models share one file. */
class PinFileTest {

    @TempDir
    Path directory;

    private Path file;
    private PinFile pins;

    @BeforeEach
    void open() {
        file = directory.resolve("pinned-model");
        pins = new PinFile(directory);
    }

    @Test
    void eachModelHasItsOwnPin() throws IOException {
        pins.write("a", new Pinned("a", 1));
        pins.write("b", new Pinned("b", 2));
        pins.write("a", new Pinned("a", 3));

        assertThat(pins.read("a")).isEqualTo(new Pinned("a", 3));
        assertThat(pins.read("b")).isEqualTo(new Pinned("b", 2));
        assertThat(pins.read("c")).isEqualTo(new Following());
    }

    @Test
    void aModelThatIsUnpinnedLeavesTheOthersPinned() throws IOException {
        pins.write("a", new Pinned("a", 1));
        pins.write("b", new Pinned("b", 2));

        pins.write("a", new Following());

        assertThat(pins.read("a")).isEqualTo(new Following());
        assertThat(pins.read("b")).isEqualTo(new Pinned("b", 2));
        pins.write("b", new Following());
        assertThat(file).doesNotExist();
    }

    @Test
    void malformedLineServesNoModelAndIsNotOverwritten() throws IOException {
        Files.writeString(file, "a/1\nb\n");

        assertThat(pins.read("a")).isInstanceOf(Halted.class);
        assertThat(pins.read("c")).isInstanceOf(Halted.class);
        assertThatThrownBy(() -> pins.write("a", new Pinned("a", 2))).hasMessageContaining("NAME/VERSION, not b");
        assertThat(file).hasContent("a/1\nb\n");
    }

    /** For instance, the file system that the link leads to may not be mounted yet. */
    @Test
    void aLinkThatLeadsNowhereServesNoModelAndIsNotOverwritten() throws IOException {
        Files.createSymbolicLink(file, directory.resolve("away/pinned-model"));

        assertThat(pins.read("a")).isEqualTo(new Halted(file + ": dangling symbolic link"));
        assertThatThrownBy(() -> pins.write("a", new Pinned("a", 2))).hasMessageContaining("dangling symbolic link");
        assertThat(file).isSymbolicLink();
    }

    @Test
    void aDirectoryThatIsALinkThatLeadsNowhereServesNoModel() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("state"), directory.resolve("away"));

        assertThat(new PinFile(link).read("a")).isInstanceOf(Halted.class);
    }

    @Test
    void aDirectoryThatIsNotThereYetKeepsNoPin() {
        assertThat(new PinFile(directory.resolve("none")).read("a")).isEqualTo(new Following());
    }

    @Test
    void aModelThatIsPinnedTwiceIsNotServed() throws IOException {
        Files.writeString(file, "a/1\na/2\nb/1\n");

        assertThat(pins.read("a")).isInstanceOf(Halted.class);
        assertThat(pins.read("b")).isEqualTo(new Pinned("b", 1));
    }

    @Test
    void aModelWithoutANameTakesTheOnlyPinAndNoneOfSeveral() throws IOException {
        pins.write("a", new Pinned("a", 1));
        assertThat(pins.read(null)).isEqualTo(new Pinned("a", 1));

        pins.write("b", new Pinned("b", 2));

        assertThat(pins.read(null)).isInstanceOf(Halted.class);
    }
}
