package io.scopegate.audit;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * The end of a log file. It is read backwards in blocks, in little memory however large the file is, since a log is
 * opened again and again while its disk is full.
 *
 * @param file the file
 * @param lastLine the last whole line, without its line break; null if there is none
 * @param remainsFrom offset after the last line break, where the remains of an incomplete line begin
 * @param size offset where the remains end
 */
record LogEnd(Path file, @Nullable String lastLine, long remainsFrom, long size) {

    private static final int BLOCK = 1 << 13;

    /** @throws IOException if the file cannot be read, or if its last line is longer than any that is written */
    static LogEnd of(Path file) throws IOException {
        // Unlike a channel, this can be read on an interrupted thread.
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

    /** Returns the offset after the last line break between the two offsets, or {@code least} if there is none. */
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

    /** Adds the remains to a digest, in blocks: after power loss they may be longer than any line. */
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
