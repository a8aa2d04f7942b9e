package io.scopegate.bundle.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Computes SHA-256 digests, written as 64 hexadecimal digits. */
public final class Digests {

    private static final int CHUNK_BYTES = 1 << 16;

    private Digests() {}

    /** Returns the digest of the bytes. */
    public static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(newDigest().digest(bytes));
    }

    /** Returns the digest of a file's content, which is read in chunks. */
    public static String sha256(Path file) throws IOException {
        return sha256(file, Long.MAX_VALUE, (_, _) -> {});
    }

    /** Receives exactly the bytes that are digested, even if the file changes meanwhile. */
    @FunctionalInterface
    interface Reader {

        /**
         * @param chunk holds the bytes from index 0 on; overwritten after this method returns
         * @param bytes how many of them are valid
         */
        void read(byte[] chunk, int bytes);
    }

    /**
     * Returns the digest of a file's content and passes each chunk to the reader.
     *
     * @param mostBytes the number of bytes after which reading stops; for a longer file this is not the file's digest
     */
    static String sha256(Path file, long mostBytes, Reader reader) throws IOException {
        MessageDigest digest = newDigest();
        byte[] chunk = new byte[CHUNK_BYTES];
        long left = mostBytes;
        try (InputStream in = Files.newInputStream(file)) {
            while (left > 0) {
                int n = in.read(chunk, 0, (int) Math.min(left, chunk.length));
                if (n < 0) {
                    break;
                }
                digest.update(chunk, 0, n);
                reader.read(chunk, n);
                left -= n;
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
