package io.scopegate.trainer.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The draft of a file, which one writer has at a time. Others who write the same file meanwhile, in this process or
 * another, have drafts of other names. A lock tells a draft in use from one that a killed process left behind, which
 * the next writer that opens it takes over. On a file system without locks, two processes may have the same draft.
 */
final class DraftFile implements AutoCloseable {

    private static final int MOST_WRITERS = 100;

    /** The drafts of this process. Opening one again and closing it would drop its lock. */
    private static final Set<Path> IN_USE = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel channel;
    private boolean moved;

    private DraftFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** Opens the first draft that nobody else has. The folder of the file must exist. */
    static DraftFile of(Path file) throws IOException {
        Path folder = file.resolveSibling("").toRealPath();
        for (int k = 1; k <= MOST_WRITERS; k++) {
            DraftFile free =
                    openIfFree(folder.resolve("." + file.getFileName() + (k == 1 ? ".draft" : "." + k + ".draft")));
            if (free != null) {
                return free;
            }
        }
        throw new IOException("%d others are writing it".formatted(MOST_WRITERS));
    }

    private static @Nullable DraftFile openIfFree(Path path) throws IOException {
        if (!IN_USE.add(path)) {
            return null;
        }
        FileChannel channel = null;
        try {
            create(path);
            channel = lockIfFree(path);
        } finally {
            if (channel == null) {
                IN_USE.remove(path);
            }
        }
        return channel == null ? null : new DraftFile(path, channel);
    }

    private static void create(Path path) throws IOException {
        try {
            Files.createFile(path);
        } catch (FileAlreadyExistsException e) {
            // Either somebody else is writing it, or it was left behind: the lock tells.
        }
    }

    /**
     * Opens and locks a draft, unless somebody else has it. Meanwhile its writer may have moved it to its final place
     * and unlocked it. The opened file is then no draft any more, so the path must lead to the same file before it is
     * opened and after it is locked.
     */
    private static @Nullable FileChannel lockIfFree(Path path) throws IOException {
        FileChannel channel = null;
        boolean taken = false;
        try {
            Object opened = key(path);
            channel = FileChannel.open(path, StandardOpenOption.WRITE);
            taken = lock(channel) && Objects.equals(opened, key(path));
        } catch (NoSuchFileException moved) {
            return null;
        } finally {
            if (channel != null && !taken) {
                channel.close();
            }
        }
        return taken ? channel : null;
    }

    private static boolean lock(FileChannel channel) {
        try {
            return channel.tryLock() != null;
        } catch (IOException withoutLocks) {
            return true;
        }
    }

    private static @Nullable Object key(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }

    /**
     * Writes the whole content and flushes it to disk.
     *
     * @throws IOException if it cannot be written, the content fails or the process is ending
     */
    void write(WholeFile.Content content) throws IOException {
        OpenDrafts.OF_PROCESS.add(path);
        channel.truncate(0);
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel));
        content.writeTo(out);
        out.flush();
        channel.force(true);
    }

    /** Moves the draft into place, atomically. */
    void moveTo(Path place) throws IOException {
        Files.move(path, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        moved = true;
        OpenDrafts.OF_PROCESS.forget(path);
    }

    /** Deletes the draft, unless it was moved, and lets others use its name. */
    @Override
    public void close() throws IOException {
        try (channel) {
            if (!moved) {
                Files.deleteIfExists(path);
            }
        } finally {
            OpenDrafts.OF_PROCESS.forget(path);
            IN_USE.remove(path);
        }
    }
}
