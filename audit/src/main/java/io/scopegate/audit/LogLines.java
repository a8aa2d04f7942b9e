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
 * The lines of a file of the log, one after the other, in the memory of the longest that is ever written, however large the
 * file is.
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

    /** @param bytes of the file; its owner closes them */
    LogLines(InputStream bytes) {
        this.bytes = bytes;
    }

    /**
     * The next line, without its line break; null once there is no more whole line.
     *
     * @throws BrokenLineException if it is longer than any is written
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

    /** Goes behind the line break; false if the block holds none. */
    private boolean skipLine() {
        while (at < blockEnd) {
            if (block[at++] == '\n') {
                return true;
            }
        }
        return false;
    }

    /** Of a line that is too long only its length: it may yet be the remains of one, of which there may be any number. */
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

    /** Where the bytes begin that are behind the last line break, of a line that was not written whole. */
    long remainsFrom() {
        return lineStart;
    }

    /** How many bytes have been read. */
    long size() {
        return lineStart + lineLength;
    }

    /** What is not UTF-8 becomes a character that no line is written with, and so breaks its line. */
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
