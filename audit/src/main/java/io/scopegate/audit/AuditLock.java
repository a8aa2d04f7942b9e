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
 * The exclusive right to write to a log, which one holder in one process has at a time: two that append to one chain
 * break it. The operating system releases it when the process ends, however it ends. The lock file stays, empty. May be
 * used from any thread.
 */
public final class AuditLock implements AutoCloseable {

    private static final String FILE = "audit.lock";

    /**
     * Lock files that this process holds. A file lock belongs to the whole process and is lost as soon as any channel
     * of the file is closed, so a second channel must not even be opened.
     */
    private static final Set<Path> TAKEN = ConcurrentHashMap.newKeySet();

    /**
     * Channels of files that are locked through another class loader of this process, which has a set of its own. They
     * are kept open and reachable, since closing one, also by garbage collection, would drop that lock.
     */
    private static final List<FileChannel> LEFT_OPEN = new CopyOnWriteArrayList<>();

    private final NamedFile file;
    private final FileChannel channel;

    private AuditLock(NamedFile file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @param directory created if absent
     * @throws AuditInUseException if somebody else holds the lock
     * @throws IOException if that cannot be determined
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

    /** Locks a file. Returns null if another process has locked it, or another class loader of this one. */
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

    /**
     * Locks a channel, and closes it if that fails. It stays open if another class loader of this process has locked
     * the file.
     */
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
     * Returns null if the lock still keeps others out; otherwise the path of its file and what it names instead, in
     * words: if the file was removed or moved, the next process would lock another one.
     *
     * @throws IOException if that cannot be determined
     */
    public @Nullable String displacement() throws IOException {
        return file.displacement();
    }

    /** Releases the lock. A second call does nothing. */
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
