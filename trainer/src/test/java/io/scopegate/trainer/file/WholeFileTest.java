package io.scopegate.trainer.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An earlier version of the file is on disk. A write replaces it whole, or fails and leaves it unchanged. */
class WholeFileTest {

    @TempDir
    Path folder;

    private final List<Process> started = new ArrayList<>();
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

    /** The last of three contents fails, after a folder that cannot be deleted has replaced the second draft. */
    @Test
    void draftThatCannotBeDeletedHidesNoFaultAndLeavesNoOtherDraftInUse() throws IOException {
        Path second = folder.resolve("second");
        Path third = folder.resolve("third");
        Path inTheWay = folder.resolve(".second.draft");
        SequencedMap<Path, WholeFile.Content> files = each(file, second);
        files.put(third, out -> {
            Files.delete(inTheWay);
            Files.createDirectories(inTheWay.resolve("more"));
            throw new IOException("No space left on device");
        });

        assertThatThrownBy(() -> WholeFile.writeAll(files))
                .hasMessage(third + ": not written: No space left on device")
                .satisfies(fault -> assertThat(fault.getSuppressed())
                        .singleElement()
                        .asString()
                        .contains(second + ": its draft was not removed: "));

        assertThat(folder).isDirectoryNotContaining("glob:**{weights,third}.draft");
        for (Path again : List.of(file, third)) {
            WholeFile.write(
                    again,
                    out -> assertThat(folder.resolve("." + again.getFileName() + ".draft"))
                            .exists());
        }
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

    @Test
    void twoWritersOfThisProcessDoNotMixTheirContents() throws IOException {
        WholeFile.write(file, out -> {
            out.write(new byte[100_000]);
            WholeFile.write(file, other -> other.write("other".getBytes(StandardCharsets.UTF_8)));
            assertThat(file).hasContent("other");
        });

        assertThat(file).hasBinaryContent(new byte[100_000]);
        assertThat(folder).isDirectoryNotContaining("glob:**.draft");
    }

    /** This process writes the file while another has written half of it. */
    @Test
    void twoProcessesDoNotMixTheirContents() throws Exception {
        Process other = startWriter();

        WholeFile.write(file, out -> out.write("later".getBytes(StandardCharsets.UTF_8)));
        assertThat(file).hasContent("later");
        other.outputWriter().close();

        assertThat(other.waitFor()).isZero();
        assertThat(file).hasBinaryContent(new byte[200_000]);
        assertThat(folder).isDirectoryNotContaining("glob:**.draft");
    }

    @Test
    void draftOfAKilledProcessIsRemovedByTheNextWriter() throws Exception {
        startWriter().destroyForcibly().waitFor();
        assertThat(folder).isDirectoryContaining("glob:**.draft");

        WholeFile.write(file, out -> out.write("later".getBytes(StandardCharsets.UTF_8)));

        assertThat(file).hasContent("later");
        assertThat(folder).isDirectoryNotContaining("glob:**.draft");
    }

    /** The file can be read by whoever could read a file that is not written through a draft. */
    @Test
    void fileHasTheUsualPermissions() throws IOException {
        Path added = folder.resolve("added");

        WholeFile.write(added, out -> {});

        assertThat(Files.getPosixFilePermissions(added)).isEqualTo(Files.getPosixFilePermissions(file));
    }

    /** Starts a process that writes the file, and waits until it has written half of it. */
    private Process startWriter() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        started.add(process);
        assertThat(process.inputReader().readLine()).isEqualTo("half");
        return process;
    }

    @AfterEach
    void endWriters() {
        started.forEach(Process::destroyForcibly);
    }

    /** Writes a file, the second half when its standard input ends. */
    static final class Writer {

        private Writer() {}

        public static void main(String[] arguments) throws IOException {
            WholeFile.write(Path.of(arguments[0]), out -> {
                out.write(new byte[100_000]);
                System.out.println("half");
                System.in.readAllBytes();
                out.write(new byte[100_000]);
            });
        }
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
