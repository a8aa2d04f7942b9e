package io.scopegate.trainer.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An earlier version of the file is on disk. A write replaces it whole, or fails and leaves it unchanged. */
class WholeFileTest {

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void writeAnEarlierOne() throws IOException {
        file = Files.writeString(folder.resolve("weights"), "earlier");
    }

    @Test
    void fileIsReplacedWhole() throws IOException {
        WholeFile.write(file, out -> out.write("later".getBytes(StandardCharsets.UTF_8)));

        assertThat(file).hasContent("later");
        assertThat(folder).isDirectoryContaining(path -> path.equals(file)).isDirectoryNotContaining("glob:**.draft");
    }

    @Test
    void contentThatFailsHalfWayLeavesTheEarlierFileAndNoDraft() {
        assertThatThrownBy(() -> WholeFile.write(file, out -> {
                    out.write(new byte[100_000]);
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage(file + ": not written: No space left on device");

        assertThat(file).hasContent("earlier");
        assertThat(folder).isDirectoryNotContaining("glob:**.draft");
    }

    @Test
    void fullDiskLeavesTheEarlierFile() throws IOException {
        fillDiskFor(file);

        assertThatThrownBy(() -> WholeFile.write(file, out -> out.write(new byte[100_000])))
                .hasMessage(file + ": not written: No space left on device");

        assertThat(file).hasContent("earlier");
    }

    /**
     * The disk is full for the second of two files: both stay unchanged. The next attempt, on a disk with space,
     * replaces both.
     */
    @Test
    void filesThatBelongTogetherAreReplacedTogetherOrNotAtAll() throws IOException {
        Path other = Files.writeString(folder.resolve("figures"), "earlier");
        fillDiskFor(other);

        assertThatThrownBy(() -> WholeFile.writeAll(each(file, other)))
                .hasMessage(other + ": not written: No space left on device");
        assertThat(file).hasContent("earlier");
        assertThat(other).hasContent("earlier");

        WholeFile.writeAll(each(file, other));
        assertThat(file).hasContent("later");
        assertThat(other).hasContent("later");
        assertThat(folder).isDirectoryNotContaining("glob:**.draft");
    }

    @Test
    void folderAtOnePathLeavesOtherFilesUnchanged() throws IOException {
        Path taken = Files.createDirectory(folder.resolve("figures"));

        assertThatThrownBy(() -> WholeFile.writeAll(each(file, taken)))
                .hasMessage(taken + ": not written: a folder is there");

        assertThat(file).hasContent("earlier");
        assertThat(taken).isEmptyDirectory();
        assertThat(folder).isDirectoryNotContaining("glob:**.draft");
    }

    private static SequencedMap<Path, WholeFile.Content> each(Path... files) {
        SequencedMap<Path, WholeFile.Content> later = new LinkedHashMap<>();
        for (Path file : files) {
            later.put(file, out -> out.write("later".getBytes(StandardCharsets.UTF_8)));
        }
        return later;
    }

    /** The parent of the file to be written is itself a file: the message names it. */
    @Test
    void fileInPlaceOfAFolderIsNamed() {
        Path below = file.resolve("below");

        assertThatThrownBy(() -> WholeFile.write(below, out -> {}))
                .hasMessage(below + ": not written: " + file + ": already exists");
    }

    /**
     * Lets every write to the draft of this file fail as on a full disk: the draft is a link to {@code /dev/full}.
     */
    private static void fillDiskFor(Path file) throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "a system without /dev/full");
        Files.createSymbolicLink(file.resolveSibling("." + file.getFileName() + ".draft"), full);
    }
}
