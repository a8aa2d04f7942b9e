package io.scopegate.trainer.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FileFaultTest {

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(new NoSuchFileException("a"), "a: no such file or folder"),
                Arguments.of(new AccessDeniedException("a"), "a: permission denied"),
                Arguments.of(new FileSystemLoopException("a"), "a: a symbolic link to a folder that it is in"),
                Arguments.of(new FileSystemException("a"), "a: input/output error"),
                Arguments.of(
                        new FileSystemException("a", null, "No space left on device"), "a: No space left on device"),
                Arguments.of(new EOFException(), "unexpected end of the file"),
                Arguments.of(new IOException(), "input/output error"),
                Arguments.of(new IOException("a: damaged"), "a: damaged"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void isToldInPlainWords(IOException fault, String text) {
        assertThat(FileFault.text(fault)).isEqualTo(text);
    }

    @Test
    void fileIsNamedOnce() {
        Path file = Path.of("a");

        assertThat(FileFault.text(file, new NoSuchFileException("a"))).isEqualTo("a: no such file or folder");
        assertThat(FileFault.text(file, new EOFException())).isEqualTo("a: unexpected end of the file");
    }
}
