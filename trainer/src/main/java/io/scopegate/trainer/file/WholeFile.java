package io.scopegate.trainer.file;

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

/** Writes a file beside its place, flushes it to disk, then moves it there. */
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
        Path place = file.toAbsolutePath().normalize();
        Path draft = place.resolveSibling("." + place.getFileName() + ".draft");
        try {
            Files.createDirectories(place.getParent());
            flush(draft, content);
            Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new IOException(file + ": not written: " + FileFault.text(e), e);
        } finally {
            if (Files.exists(draft, LinkOption.NOFOLLOW_LINKS)) {
                Files.delete(draft);
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
