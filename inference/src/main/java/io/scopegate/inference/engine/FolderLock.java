package io.scopegate.inference.engine;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;

/**
 * The exclusive right to change one thing in a folder, which one thread of one process has at a time. The operating
 * system releases it when the process ends, however it ends. The lock file stays, empty: if it were removed, two could
 * hold the lock. It belongs to the owner of the folder, if that can be arranged.
 */
public final class FolderLock implements AutoCloseable {

    /** A file lock belongs to the whole process, so its threads take turns, whatever store they use. */
    private static final Map<Path, Semaphore> TURNS = new ConcurrentHashMap<>();

    /**
     * Channels of files that are locked through another class loader of this process, which does not know the turns
     * here. They are kept open and reachable, since closing one, also by garbage collection, would drop that lock.
     */
    private static final List<FileChannel> LEFT_OPEN = new CopyOnWriteArrayList<>();

    private final Semaphore turn;
    private final FileChannel channel;

    private FolderLock(Semaphore turn, FileChannel channel) {
        this.turn = turn;
        this.channel = channel;
    }

    /**
     * Waits for the lock.
     *
     * @param waits called once, if somebody else holds the lock
     * @throws IOException if the file cannot be created or locked, or the thread is interrupted; its interrupt status
     *     is then set
     */
    static FolderLock take(Path directory, String name, Runnable waits) throws IOException {
        Optional<FolderLock> free = takeIfFree(directory, name);
        if (free.isPresent()) {
            return free.get();
        }
        waits.run();
        Path file = file(directory, name);
        Semaphore turn = turn(file);
        acquire(turn, file);
        return locked(file, turn, channel -> {
                    channel.lock();
                    return true;
                })
                .orElseThrow(() -> new IOException(file + ": locked by another part of this process"));
    }

    /**
     * Takes the lock, unless somebody else holds it.
     *
     * @param directory must exist
     * @param name of the thing
     * @throws IOException if the file cannot be created or locked
     */
    public static Optional<FolderLock> takeIfFree(Path directory, String name) throws IOException {
        Path file = file(directory, name);
        Semaphore turn = turn(file);
        return turn.tryAcquire() ? locked(file, turn, channel -> channel.tryLock() != null) : Optional.empty();
    }

    /** Locks a channel; returns false if somebody else holds the lock. */
    interface Locking {
        boolean lock(FileChannel channel) throws IOException;
    }

    /** Locks a file for a caller who has the turn. The turn is given back unless the file is locked. */
    static Optional<FolderLock> locked(Path file, Semaphore turn, Locking locking) throws IOException {
        FolderLock lock = null;
        try {
            FileChannel channel = open(file);
            lock = lock(channel, locking) ? new FolderLock(turn, channel) : null;
            return Optional.ofNullable(lock);
        } finally {
            if (lock == null) {
                turn.release();
            }
        }
    }

    /**
     * Locks a channel, and closes it if that fails: closing it later would drop the lock of whoever has the next turn.
     * It stays open if another class loader of this process has locked the file.
     */
    private static boolean lock(FileChannel channel, Locking locking) throws IOException {
        boolean keeps = false;
        try {
            boolean taken = locking.lock(channel);
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

    private static FileChannel open(Path file) throws IOException {
        try {
            FileChannel made = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            giveToOwnerOfFolder(file);
            return made;
        } catch (FileAlreadyExistsException e) {
            return FileChannel.open(file, StandardOpenOption.WRITE);
        }
    }

    /**
     * Gives a new lock file to the owner of the folder. Otherwise, if an administrator created it in the folder of the
     * server's user, the server could not open it any more.
     */
    private static void giveToOwnerOfFolder(Path file) {
        try {
            PosixFileAttributes folder = Files.readAttributes(file.resolveSibling(""), PosixFileAttributes.class);
            PosixFileAttributeView made = Files.getFileAttributeView(file, PosixFileAttributeView.class);
            if (!made.readAttributes().owner().equals(folder.owner())) {
                made.setGroup(folder.group());
                made.setOwner(folder.owner());
            }
        } catch (IOException | UnsupportedOperationException e) {
            // Only an administrator may change the owner. A file that anybody else creates here belongs to its creator.
        }
    }

    private static void acquire(Semaphore turn, Path file) throws InterruptedIOException {
        try {
            turn.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(file + ": interrupted while waiting for it");
        }
    }

    private static Path file(Path directory, String name) throws IOException {
        return directory.toRealPath().resolve("." + name + ".lock");
    }

    private static Semaphore turn(Path file) {
        return TURNS.computeIfAbsent(file, _ -> new Semaphore(1));
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            turn.release();
        }
    }
}
