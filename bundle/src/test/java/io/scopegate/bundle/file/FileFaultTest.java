package io.scopegate.bundle.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FileFaultTest {

    /** Returns exceptions whose message is only the name of the file. */
    static Stream<IOException> namesAlone() {
        return Stream.of(
                new NoSuchFileException("/x"),
                new AccessDeniedException("/x"),
                new FileAlreadyExistsException("/x"),
                new NotDirectoryException("/x"),
                new DirectoryNotEmptyException("/x"),
                new FileSystemLoopException("/x"),
                new FileSystemException("/x"));
    }

    @ParameterizedTest
    @MethodSource("namesAlone")
    void fileExceptionWithOnlyAPathIsDescribedByItsType(IOException fault) {
        assertThat(FileFault.text(fault)).startsWith("/x: ").doesNotContain("Exception");
    }

    @Test
    void operatingSystemMessageIsUnchanged() {
        assertThat(FileFault.text(new FileSystemException("/x", null, "No space left on device")))
                .isEqualTo("/x: No space left on device");
        assertThat(FileFault.text(new IOException("x: too large"))).isEqualTo("x: too large");
    }

    @Test
    void malformedInputIsReportedAsNotUtf8Text() {
        assertThat(FileFault.text(Path.of("/x"), new MalformedInputException(1)))
                .isEqualTo("/x: not UTF-8 text");
    }

    @Test
    void exceptionWithoutAMessageIsDescribedByItsType() {
        assertThat(FileFault.text(new ConnectException())).isEqualTo("cannot connect");
        assertThat(FileFault.text(new EOFException())).isEqualTo("unexpected end of the file");
        assertThat(FileFault.text(new IOException((String) null))).isEqualTo("input/output error");
    }

    @Test
    void aFileThatTheLineBeginsWithIsNotNamedTwice() {
        Path file = Path.of("/x");

        assertThat(FileFault.text(file, new NoSuchFileException("/x"))).isEqualTo("/x: no such file or folder");
        assertThat(FileFault.text(file, new EOFException())).isEqualTo("/x: unexpected end of the file");

        assertThat(FileFault.reason(file, new AccessDeniedException("/x"))).isEqualTo("permission denied");
        assertThat(FileFault.reason(file, new AccessDeniedException("/x/y"))).isEqualTo("/x/y: permission denied");
        assertThat(FileFault.reason(file, new IOException("Is a directory"))).isEqualTo("is a directory");
    }
}
