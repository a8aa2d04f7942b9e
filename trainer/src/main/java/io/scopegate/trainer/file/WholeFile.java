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

/** Writes files beside their places, flushes them to disk, then moves them there. */
public final class WholeFile {

    private WholeFile() {}

    /** What a file holds. */
    public interface Content {
        /** Writes all of it; the stream is closed by the caller. */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes or replaces a file; folders that are missing are made.
     *
     * @throws IOException which names the file, if it cannot be written, for example because the disk is full, or the
     *     content fails; the file is then as it was
     */
    public static void write(Path file, Content content) throws IOException {
        writeAll(new LinkedHashMap<>(Map.of(file, content)));
    }

    /**
     * Writes or replaces files that belong together, in their order: none takes its place before all are on disk, since
     * to take a place needs no room. A process that is killed while they take their places may leave some that are new
     * beside others that are not.
     *
     * @throws IOException likewise, of the first that cannot be written or is a folder; all are then as they were
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
     * What becomes a file.
     *
     * @param file as the caller names it
     * @param place the same, absolute
     * @param path of the draft
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
        }
    }

    private static void flush(Path draft, Content content) throws IOException {
        try (FileChannel channel = FileChannel.open(
                        draft,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel))) {
            content.writeTo(out);
            out.flush();
            channel.force(true);
        }
    }
}
