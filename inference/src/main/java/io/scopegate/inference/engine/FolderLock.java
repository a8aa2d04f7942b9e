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
 * The right to change one thing in a folder, which one thread of one process has at a time. The system takes it back when
 * the process ends, however it ends. Its file stays, empty: whoever removed it could give the right to two. It is of
 * whoever the folder is of, if that can be.
 */
public final class FolderLock implements AutoCloseable {

    /** A file lock is the whole process's, so that its threads need turns of their own, whatever store they use. */
    private static final Map<Path, Semaphore> TURNS = new ConcurrentHashMap<>();

    /**
     * Channels of files that another class loader of this process has locked, which knows of no turn here. Closing one would
     * drop that lock, and so would the garbage collector.
     */
    private static final List<FileChannel> LEFT_OPEN = new CopyOnWriteArrayList<>();

    private final Semaphore turn;
    private final FileChannel channel;

    private FolderLock(Semaphore turn, FileChannel channel) {
        this.turn = turn;
        this.channel = channel;
    }

    /**
     * Waits for the right.
     *
     * @param waits told once, if somebody else has it
     * @throws IOException if the file cannot be made or locked, or the thread is interrupted, which it then still is
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
     * Takes the right, unless somebody else has it.
     *
     * @param directory which is there
     * @param name of the thing
     * @throws IOException if the file cannot be made or locked
     */
    public static Optional<FolderLock> takeIfFree(Path directory, String name) throws IOException {
        Path file = file(directory, name);
        Semaphore turn = turn(file);
        return turn.tryAcquire() ? locked(file, turn, channel -> channel.tryLock() != null) : Optional.empty();
    }

    /** How a file is locked, false if it is not. */
    interface Locking {
        boolean lock(FileChannel channel) throws IOException;
    }

    /** Whoever calls has the turn, which is given back unless the file is locked. */
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

    /** Closes the channel if it is not locked: whoever has the next turn would lose its own lock to that. */
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

    /** Where the administrator makes it in the folder of a server's user, who could not open it any more. */
    private static void giveToOwnerOfFolder(Path file) {
        try {
            PosixFileAttributes folder = Files.readAttributes(file.resolveSibling(""), PosixFileAttributes.class);
            PosixFileAttributeView made = Files.getFileAttributeView(file, PosixFileAttributeView.class);
            if (!made.readAttributes().owner().equals(folder.owner())) {
                made.setGroup(folder.group());
                made.setOwner(folder.owner());
            }
        } catch (IOException | UnsupportedOperationException e) {
            // Nobody but an administrator may; for whoever else may write there it is theirs.
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
