package io.scopegate.audit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The right to write to a log, which one holder in one process has at a time: two that append to one chain break it. The
 * system takes it back when the process ends, however it ends. Its file stays, empty. Any thread.
 */
public final class AuditLock implements AutoCloseable {

    private static final String FILE = "audit.lock";

    /**
     * The lock files that this process holds. A file lock is the whole process's, and lost as soon as any channel of the
     * file is closed, so that a second one must not even be opened.
     */
    private static final Set<Path> TAKEN = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private AuditLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the right.
     *
     * @param directory is made if it is not there
     * @throws AuditInUseException if somebody else has it
     * @throws IOException if it cannot be known
     */
    public static AuditLock take(Path directory) throws IOException {
        LogFiles.make(directory);
        Path file = directory.toRealPath().resolve(FILE);
        AuditLock lock = TAKEN.add(file) ? lock(file) : null;
        if (lock == null) {
            throw new AuditInUseException(directory);
        }
        return lock;
    }

    /** Null if another process has it. */
    private static @Nullable AuditLock lock(Path file) throws IOException {
        AuditLock lock = null;
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            lock = channel.tryLock() == null ? null : new AuditLock(file, channel);
            return lock;
        } catch (OverlappingFileLockException e) {
            // Of this process, by a class loader that has a set of its own.
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
