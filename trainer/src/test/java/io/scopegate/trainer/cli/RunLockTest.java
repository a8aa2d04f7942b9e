package io.scopegate.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLockTest {

    @TempDir
    Path folder;

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final TrainingDisplay display =
            TrainingDisplay.choose(false, false, new PrintStream(output, true, StandardCharsets.UTF_8));

    private Path runs;

    @BeforeEach
    void nameRuns() {
        runs = folder.resolve("runs");
    }

    @Test
    void absentFolderIsCreatedOnlyWhenTheLockIsNeeded() throws IOException {
        try (RunLock first = new RunLock(runs, display);
                RunLock second = new RunLock(runs, display)) {
            first.takeIfFolderExists();
            assertThat(runs).doesNotExist();

            first.take();

            assertThatThrownBy(second::takeIfFolderExists)
                    .hasMessage(runs + ": in use by another training; choose another folder with --set runs=DIR");
            assertThatThrownBy(second::take).hasMessageStartingWith(runs + ": in use");
            first.take();
        }

        try (RunLock third = new RunLock(runs, display)) {
            third.take();
        }
        assertThat(output.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    /** What the system says on a network disk without locks. */
    @Test
    void fileSystemWithoutLocksIsWarnedOfOnceAndUsed() throws IOException {
        Files.createDirectory(runs);
        try (RunLock lock = new RunLock(runs, display, existing -> {
            throw new IOException("No locks available");
        })) {
            lock.takeIfFolderExists();
            lock.take();
        }

        assertThat(output.toString(StandardCharsets.UTF_8))
                .isEqualTo("WARNING: runs: " + runs + " cannot be locked: No locks available; start no other training"
                        + " with this folder" + System.lineSeparator());
    }

    @Test
    void lockFileThatCannotBeOpenedIsRefused() throws IOException {
        Path file = runs.resolve(".run.lock");
        try (RunLock lock = new RunLock(runs, display, existing -> {
            throw new AccessDeniedException(file.toString());
        })) {
            assertThatThrownBy(lock::take).isInstanceOf(AccessDeniedException.class);
        }

        assertThat(output.toString(StandardCharsets.UTF_8)).isEmpty();
    }
}
