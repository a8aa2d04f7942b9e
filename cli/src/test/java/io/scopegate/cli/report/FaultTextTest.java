package io.scopegate.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class FaultTextTest {

    @Test
    void fileExceptionWithOnlyAPathIsDescribedByItsType() {
        assertThat(FaultText.of(new NoSuchFileException("/x"))).isEqualTo("/x: no such file or folder");
        assertThat(FaultText.of(new AccessDeniedException("/x"))).isEqualTo("/x: permission denied");
        assertThat(FaultText.of(new FileSystemLoopException("/x")))
                .isEqualTo("/x: a symbolic link to a folder that it is in");
    }

    @Test
    void exceptionWithoutAMessageIsDescribedByItsType() {
        assertThat(FaultText.of(new ConnectException())).isEqualTo("cannot connect");
    }

    @Test
    void descriptiveMessageIsUnchanged() {
        assertThat(FaultText.of(new IOException("x: too large"))).isEqualTo("x: too large");
        assertThat(FaultText.of(new IllegalStateException("y"))).isEqualTo("y");
    }

    @Test
    void executionExceptionIsDescribedByItsCause() {
        assertThat(FaultText.of(new ExecutionException(new IOException("the echo has broken off"))))
                .isEqualTo("the echo has broken off");
    }

    @Test
    void suppressedExceptionFollowsOnItsOwnLine() {
        IOException fault = new IOException("no answer");
        fault.addSuppressed(new IOException("the server ended by itself"));

        assertThat(FaultText.of(fault)).isEqualTo("no answer\nthe server ended by itself");
        assertThat(FaultText.alone(fault)).isEqualTo("no answer");
    }
}
