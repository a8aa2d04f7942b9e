package io.scopegate.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLockTest {

    @TempDir
    Path folder;

    private final List<String> warnings = new ArrayList<>();
    private Path runs;

    @BeforeEach
    void nameRuns() {
        runs = folder.resolve("runs");
    }

    @Test
    void absentFolderIsCreatedOnlyWhenTheLockIsNeeded() throws IOException {
        try (RunLock first = new RunLock(runs, warnings::add);
                RunLock second = new RunLock(runs, warnings::add)) {
            first.takeIfFolderExists();
            assertThat(runs).doesNotExist();

            first.take();

            assertThatThrownBy(second::takeIfFolderExists)
                    .hasMessage(runs
                            + ": in use by another training or publication; wait until it ends, or choose another folder with"
                            + " --set runs=DIR");
            assertThatThrownBy(second::take).hasMessageStartingWith(runs + ": in use");
            first.take();
        }

        try (RunLock third = new RunLock(runs, warnings::add)) {
            third.take();
        }
        assertThat(warnings).isEmpty();
    }

    /** What the system says on a network disk without locks. */
    @Test
    void fileSystemWithoutLocksIsWarnedOfOnceAndUsed() throws IOException {
        Files.createDirectory(runs);
        try (RunLock lock = new RunLock(runs, warnings::add, existing -> {
            throw new IOException("No locks available");
        })) {
            lock.takeIfFolderExists();
            lock.take();
        }

        assertThat(warnings)
                .containsExactly("runs: " + runs + " cannot be locked: No locks available; start no other command that"
                        + " writes to this folder");
    }

    @Test
    void lockFileThatCannotBeOpenedIsRefused() throws IOException {
        Path file = runs.resolve(".run.lock");
        try (RunLock lock = new RunLock(runs, warnings::add, existing -> {
            throw new AccessDeniedException(file.toString());
        })) {
            assertThatThrownBy(lock::take).isInstanceOf(AccessDeniedException.class);
        }

        assertThat(warnings).isEmpty();
    }
}
