package io.scopegate.audit;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Where a file of the log ends. Read from its end in blocks, however large it is: a log is opened again and again while its
 * disk is full, and in little memory.
 *
 * @param file that was looked at
 * @param lastLine the last whole one, without its line break; null for none
 * @param remainsFrom where the bytes begin that are behind the last line break, of a line that was not written whole
 * @param size where they end
 */
record LogEnd(Path file, @Nullable String lastLine, long remainsFrom, long size) {

    private static final int BLOCK = 1 << 13;

    /** @throws IOException if it cannot be read, or if its last line is longer than any is written */
    static LogEnd of(Path file) throws IOException {
        // Unlike a channel it can be read on an interrupted thread.
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
            long size = bytes.length();
            long end = behindLineBreak(bytes, size, 0);
            return new LogEnd(file, end == 0 ? null : lineBefore(file, bytes, end - 1), end, size);
        }
    }

    private static String lineBefore(Path file, RandomAccessFile bytes, long end) throws IOException {
        long least = Math.max(0, end - ChainLink.MOST_BYTES);
        long start = behindLineBreak(bytes, end, least);
        if (start == least && start > 0) {
            throw new IOException(
                    file + ": its last line: at most " + ChainLink.MOST_BYTES + " bytes with its line break, not more");
        }
        byte[] line = new byte[Math.toIntExact(end - start)];
        bytes.seek(start);
        bytes.readFully(line);
        return LogLines.decode(line, line.length);
    }

    /** Behind the last line break between the two, or the first of them. */
    private static long behindLineBreak(RandomAccessFile bytes, long end, long least) throws IOException {
        byte[] block = new byte[BLOCK];
        long from = end;
        while (from > least) {
            int length = (int) Math.min(BLOCK, from - least);
            from -= length;
            bytes.seek(from);
            bytes.readFully(block, 0, length);
            for (int i = length; i > 0; i--) {
                if (block[i - 1] == '\n') {
                    return from + i;
                }
            }
        }
        return least;
    }

    boolean isTorn() {
        return remainsFrom < size;
    }

    /** Adds the remains to a digest: power loss may leave more of them than a line. */
    void digestRemains(MessageDigest digest) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
            bytes.seek(remainsFrom);
            byte[] block = new byte[BLOCK];
            for (long left = size - remainsFrom; left > 0; left -= BLOCK) {
                int length = (int) Math.min(BLOCK, left);
                bytes.readFully(block, 0, length);
                digest.update(block, 0, length);
            }
        }
    }
}
