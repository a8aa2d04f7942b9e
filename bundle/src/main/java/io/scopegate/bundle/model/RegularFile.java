package io.scopegate.bundle.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Reads files about which nothing but the name is known. Anything that may never end or never answer, such as a device
 * or a pipe, is not opened. If a file grows while it is read, no more is read than it may hold.
 */
final class RegularFile {

    private RegularFile() {}

    /**
     * Thrown when a path names something other than a file that may be used. The message names the file, what it should
     * be and what it is.
     */
    static final class UnfitException extends IOException {

        private static final long serialVersionUID = 1;

        UnfitException(String message) {
            super(message);
        }
    }

    /**
     * Returns the file's size in bytes.
     *
     * @throws UnfitException if it is neither a regular file nor a link to one
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
     * Returns the file's content.
     *
     * @param mostBytes the largest size allowed
     * @throws UnfitException if it is neither a regular file nor a link to one, or is larger than allowed
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
     * Returns the digest of a file of any size, which is read in chunks. If the file holds more than it should, the
     * result differs from the digest of the expected content.
     *
     * @param bytes the expected size
     * @throws UnfitException if it is neither a regular file nor a link to one
     */
    static String sha256(Path file, long bytes, Digests.Reader reader) throws IOException {
        requireRegular(file);
        // One byte beyond the expected size is enough to change the digest.
        return Digests.sha256(file, bytes + 1, reader);
    }
}
