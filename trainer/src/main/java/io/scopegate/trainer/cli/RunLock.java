package io.scopegate.trainer.cli;

import io.scopegate.bundle.file.FileFault;
import io.scopegate.inference.engine.FolderLock;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps other trainings and publications out of the folder of a run until it is closed, because two of them would
 * overwrite each other's state, checkpoints, draft and report.
 */
final class RunLock implements AutoCloseable {

    /** Takes the lock of a folder; returns empty if another command has it. */
    interface Locking {
        Optional<FolderLock> takeIfFree(Path folder) throws IOException;
    }

    private final Path folder;
    private final Consumer<String> warnings;
    private final Locking locking;
    private boolean taken;
    private @Nullable FolderLock lock;

    RunLock(Path folder, Consumer<String> warnings) {
        this(folder, warnings, existing -> FolderLock.takeIfFree(existing, "run"));
    }

    RunLock(Path folder, Consumer<String> warnings, Locking locking) {
        this.folder = folder;
        this.warnings = warnings;
        this.locking = locking;
    }

    /**
     * Takes the lock if the folder exists. Callers do so before the frames are read, so that a folder in use is refused
     * at once. A folder that does not exist is not created, since the run may yet be refused.
     *
     * @throws IOException if another command has the lock, or the lock file cannot be opened
     */
    void takeIfFolderExists() throws IOException {
        if (Files.isDirectory(folder)) {
            take();
        }
    }

    /**
     * Creates the folder if it is absent, and takes the lock unless this object has it already. If the file system has
     * no locks, warns.
     *
     * @throws IOException if another command has the lock, or the folder or the lock file cannot be created or opened
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
            warnings.accept("runs: %s cannot be locked: %s; start no other command that writes to this folder"
                    .formatted(folder, FileFault.text(withoutLocks)));
            return;
        }
        lock = free.orElseThrow(() -> new IOException(folder + ": in use by another training or publication; wait until"
                + " it ends, or choose another folder with --set runs=DIR"));
    }

    @Override
    public void close() throws IOException {
        if (lock != null) {
            lock.close();
        }
    }
}
