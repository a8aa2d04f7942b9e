package io.scopegate.trainer.train;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The right to write to a run's folder, which one training has at a time: two would write each other's state and
 * checkpoints over. The system takes it back when the process ends, however it ends. Its file stays, empty. Any thread.
 */
public final class RunLock implements AutoCloseable {

    private static final String FILE = ".run.lock";

    /** What this process holds. It would lose the lock with any other channel of the file that it closes. */
    private static final Set<Path> TAKEN = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private RunLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the right.
     *
     * @param runs is made if it is not there
     * @throws IOException if another training has it, or the folder cannot be written to or locked
     */
    public static RunLock take(Path runs) throws IOException {
        Files.createDirectories(runs);
        Path file = runs.toRealPath().resolve(FILE);
        RunLock lock = TAKEN.add(file) ? lock(file) : null;
        if (lock == null) {
            throw new IOException(
                    runs + ": the folder of no other run (--set runs=DIR), not of a training that goes on");
        }
        return lock;
    }

    /** Null if another process has it. */
    private static @Nullable RunLock lock(Path file) throws IOException {
        RunLock lock = null;
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            lock = channel.tryLock() == null ? null : new RunLock(file, channel);
            return lock;
        } catch (OverlappingFileLockException e) {
            return null;
        } finally {
            if (lock == null) {
                release(file, channel);
            }
        }
    }

    private static void release(Path file, @Nullable FileChannel channel) throws IOException {
        try {
            if (channel != null) {
                channel.close();
            }
        } finally {
            TAKEN.remove(file);
        }
    }

    /** Gives the right back; a second time does nothing. */
    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            release(file, channel);
        }
    }
}
