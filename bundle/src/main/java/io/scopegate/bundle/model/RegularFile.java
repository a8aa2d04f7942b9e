package io.scopegate.bundle.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * A file of which nothing is known yet but its name. What may never end, or never answer, such as a device or a pipe, is
 * not opened, and of a file that grows while it is read no more is taken than it may hold.
 */
final class RegularFile {

    private RegularFile() {}

    /** There is something else than a file that may be used. The message names it, what it should be and what it is. */
    static final class UnfitException extends IOException {

        private static final long serialVersionUID = 1;

        UnfitException(String message) {
            super(message);
        }
    }

    /**
     * Its size in bytes.
     *
     * @throws UnfitException if it is no regular file, nor a link to one
     */
    static long size(Path file) throws IOException {
        return requireRegular(file).size();
    }

    private static BasicFileAttributes requireRegular(Path file) throws IOException {
        BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
        if (!found.isRegularFile()) {
            String kind = found.isDirectory() ? "a directory" : "a device, a pipe or a socket";
            throw new UnfitException(file + ": a regular file, not " + kind);
        }
        return found;
    }

    /**
     * All of it.
     *
     * @param mostBytes that it may hold
     * @throws UnfitException if it is no regular file, nor a link to one, or holds more
     */
    static byte[] read(Path file, int mostBytes) throws IOException {
        long bytes = size(file);
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(mostBytes + 1);
            if (content.length > mostBytes) {
                throw new UnfitException(
                        file + ": at most " + mostBytes + " bytes, not " + Math.max(bytes, content.length));
            }
            return content;
        }
    }

    /**
     * The digest of all of it, in chunks, whatever its size; another one than the true one if it holds more than it
     * should.
     *
     * @param bytes that it should hold
     * @throws UnfitException if it is no regular file, nor a link to one
     */
    static String sha256(Path file, long bytes, Digests.Reader reader) throws IOException {
        requireRegular(file);
        // One byte more than there may be is enough to tell.
        return Digests.sha256(file, bytes + 1, reader);
    }
}
