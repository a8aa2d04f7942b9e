package io.scopegate.audit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
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

    /**
     * Channels of files that another class loader of this process has locked, which has a set of its own. Closing one would
     * drop that lock, and so would the garbage collector.
     */
    private static final List<FileChannel> LEFT_OPEN = new CopyOnWriteArrayList<>();

    private final NamedFile file;
    private final FileChannel channel;

    private AuditLock(NamedFile file, FileChannel channel) {
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

    /** Null if another process has it, or another class loader of this one. */
    private static @Nullable AuditLock lock(Path file) throws IOException {
        AuditLock lock = null;
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            lock = lock(channel) ? hold(file, channel) : null;
            return lock;
        } finally {
            if (lock == null) {
                TAKEN.remove(file);
            }
        }
    }

    private static AuditLock hold(Path file, FileChannel channel) throws IOException {
        try {
            return new AuditLock(NamedFile.of(file), channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Closes the channel if it is not locked. */
    private static boolean lock(FileChannel channel) throws IOException {
        boolean keeps = false;
        try {
            boolean taken = channel.tryLock() != null;
            keeps = taken;
            return taken;
        } catch (OverlappingFileLockException e) {
            LEFT_OPEN.add(channel);
            keeps = true;
            return false;
        } finally {
            if (!keeps) {
                channel.close();
            }
        }
    }

    /**
     * Whether it still keeps others out: where its file was removed or moved, whoever comes next takes another one.
     *
     * @throws IOException if that cannot be known
     */
    public boolean isInPlace() throws IOException {
        return file.isInPlace();
    }

    /** Gives the right back; a second time does nothing. */
    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            try {
                channel.close();
            } finally {
                TAKEN.remove(file.path());
            }
        }
    }
}
