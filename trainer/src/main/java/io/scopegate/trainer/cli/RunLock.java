package io.scopegate.trainer.cli;

import io.scopegate.bundle.file.FileFault;
import io.scopegate.inference.engine.FolderLock;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps other trainings out of the folder of a run until it is closed, because two trainings would overwrite each
 * other's state, checkpoints and report.
 */
final class RunLock implements AutoCloseable {

    /** Takes the lock of a folder; returns empty if another training has it. */
    interface Locking {
        Optional<FolderLock> takeIfFree(Path folder) throws IOException;
    }

    private final Path folder;
    private final TrainingDisplay display;
    private final Locking locking;
    private boolean taken;
    private @Nullable FolderLock lock;

    RunLock(Path folder, TrainingDisplay display) {
        this(folder, display, existing -> FolderLock.takeIfFree(existing, "run"));
    }

    RunLock(Path folder, TrainingDisplay display, Locking locking) {
        this.folder = folder;
        this.display = display;
        this.locking = locking;
    }

    /**
     * Takes the lock if the folder exists. Callers do so before the frames are read, so that a folder in use is refused
     * at once. A folder that does not exist is not created, since the run may yet be refused.
     *
     * @throws IOException if another training has the lock, or the lock file cannot be opened
     */
    void takeIfFolderExists() throws IOException {
        if (Files.isDirectory(folder)) {
            take();
        }
    }

    /**
     * Creates the folder if it is absent, and takes the lock unless this object has it already. If the file system has
     * no locks, displays a warning.
     *
     * @throws IOException if another training has the lock, or the folder or the lock file cannot be created or opened
     */
    void take() throws IOException {
        if (!taken) {
            Files.createDirectories(folder);
            lock();
            taken = true;
        }
    }

    private void lock() throws IOException {
        Optional<FolderLock> free;
        try {
            free = locking.takeIfFree(folder);
        } catch (FileSystemException notOpened) {
            throw notOpened;
        } catch (IOException withoutLocks) {
            display.warnings(List.of("runs: %s cannot be locked: %s; start no other training with this folder"
                    .formatted(folder, FileFault.text(withoutLocks))));
            return;
        }
        lock = free.orElseThrow(() ->
                new IOException(folder + ": in use by another training; choose another folder with --set runs=DIR"));
    }

    @Override
    public void close() throws IOException {
        if (lock != null) {
            lock.close();
        }
    }
}
