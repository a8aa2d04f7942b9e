package io.scopegate.audit;

import io.scopegate.audit.ChainLink.BrokenLineException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of a log file one after the other. However large the file is, this takes no more memory than the
 * longest line that is ever written.
 */
final class LogLines {

    private static final int BLOCK = 1 << 16;

    private final InputStream bytes;
    private final byte[] block = new byte[BLOCK];
    private final byte[] line = new byte[ChainLink.MOST_BYTES];
    private int at;
    private int blockEnd;
    private long lineStart;
    private long lineLength;

    /** @param bytes content of the file; the caller closes them */
    LogLines(InputStream bytes) {
        this.bytes = bytes;
    }

    /**
     * Returns the next line, without its line break, or null if no whole line is left.
     *
     * @throws BrokenLineException if the line is longer than any that is written
     */
    @Nullable
    String next() throws IOException, BrokenLineException {
        while (hasMore()) {
            int from = at;
            boolean whole = skipLine();
            keep(from);
            if (whole) {
                return take();
            }
        }
        return null;
    }

    private boolean hasMore() throws IOException {
        if (at == blockEnd) {
            at = 0;
            blockEnd = Math.max(0, bytes.read(block));
        }
        return at < blockEnd;
    }

    /** Skips to the start of the next line. Returns false if the block holds no line break. */
    private boolean skipLine() {
        while (at < blockEnd) {
            if (block[at++] == '\n') {
                return true;
            }
        }
        return false;
    }

    /**
     * Adds bytes to the current line. Of a line that is too long, only the length is kept: it may turn out to be the
     * remains of a torn line, which may have any length.
     */
    private void keep(int from) {
        int length = at - from;
        if (lineLength + length <= line.length) {
            System.arraycopy(block, from, line, (int) lineLength, length);
        }
        lineLength += length;
    }

    private String take() throws CharacterCodingException, BrokenLineException {
        long length = lineLength;
        lineStart += length;
        lineLength = 0;
        if (length > line.length) {
            throw new BrokenLineException("at most " + line.length + " bytes with its line break, not " + length);
        }
        return decode(line, (int) length - 1);
    }

    /** Returns the offset after the last line break, where the remains of an incomplete line begin. */
    long remainsFrom() {
        return lineStart;
    }

    /** Returns how many bytes have been read. */
    long size() {
        return lineStart + lineLength;
    }

    /**
     * Decodes UTF-8. Malformed bytes become a character that no line is written with, so that their line counts as
     * broken.
     */
    static String decode(byte[] bytes, int end) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE)
                .replaceWith("\0")
                .decode(ByteBuffer.wrap(bytes, 0, end))
                .toString();
    }
}
