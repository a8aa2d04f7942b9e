package io.scopegate.trainer.file;

import io.scopegate.bundle.file.FileFault;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * Writes files atomically: each is written to a draft beside it, flushed to disk and then moved into place. The draft
 * of a process that was killed stays until the same file is written again.
 */
public final class WholeFile {

    private WholeFile() {}

    /** The content of a file. */
    public interface Content {
        /** Writes the whole content. The caller closes the stream. */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes or replaces a file. Missing folders are created.
     *
     * @throws IOException if the file cannot be written, for example because the disk is full, or if the content fails;
     *     the message names the file, which is left as it was
     */
    public static void write(Path file, Content content) throws IOException {
        writeAll(new LinkedHashMap<>(Map.of(file, content)));
    }

    /**
     * Writes or replaces files that belong together, in the order given. No file is moved into place before all drafts
     * are on disk, because moving needs no disk space. If the process is killed, or a move fails, between the first
     * move and the last, some files are new and others are not.
     *
     * @throws IOException if a draft cannot be written or a folder is in the way, in which case all files are left as
     *     they were, or if a draft cannot be moved into place; the message names the file
     */
    public static void writeAll(SequencedMap<Path, Content> files) throws IOException {
        List<Draft> drafts = files.keySet().stream().map(Draft::of).toList();
        try {
            for (Draft draft : drafts) {
                draft.write(Objects.requireNonNull(files.get(draft.file)));
            }
            for (Draft draft : drafts) {
                draft.take();
            }
        } finally {
            for (Draft draft : drafts) {
                draft.remove();
            }
        }
    }

    /**
     * A file that is being written.
     *
     * @param file the file as the caller named it
     * @param place the same file as an absolute path
     * @param path the draft
     */
    private record Draft(Path file, Path place, Path path) {

        static Draft of(Path file) {
            Path place = file.toAbsolutePath().normalize();
            return new Draft(file, place, place.resolveSibling("." + place.getFileName() + ".draft"));
        }

        void write(Content content) throws IOException {
            if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException(file + ": not written: a folder is there");
            }
            try {
                Files.createDirectories(place.getParent());
                flush(path, content);
            } catch (IOException e) {
                throw notWritten(e);
            }
        }

        void take() throws IOException {
            try {
                Files.move(path, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                throw notWritten(e);
            }
        }

        private IOException notWritten(IOException e) {
            return new IOException(file + ": not written: " + FileFault.text(e), e);
        }

        void remove() throws IOException {
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                Files.delete(path);
            }
            OpenDrafts.OF_PROCESS.forget(path);
        }
    }

    private static void flush(Path draft, Content content) throws IOException {
        try (FileChannel channel = FileChannel.open(
                        draft,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel))) {
            OpenDrafts.OF_PROCESS.add(draft);
            content.writeTo(out);
            out.flush();
            channel.force(true);
        }
    }
}
