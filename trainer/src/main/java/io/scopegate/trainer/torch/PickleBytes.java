package io.scopegate.trainer.torch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Reads the bytes of a pickle, operations and operands, one after the other. Throws an IOException at their end. */
final class PickleBytes {

    private static final int LONGEST_LINE = 512;

    private final ByteBuffer bytes;

    PickleBytes(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    int position() {
        return bytes.position();
    }

    int unsignedByte() throws IOException {
        return require(1).get() & 0xff;
    }

    int unsignedShort() throws IOException {
        return require(2).getShort() & 0xffff;
    }

    int signedInt() throws IOException {
        return require(4).getInt();
    }

    long unsignedInt() throws IOException {
        return signedInt() & 0xffff_ffffL;
    }

    void skip(int count) throws IOException {
        require(count).position(bytes.position() + count);
    }

    String text(long length) throws IOException {
        require(length);
        byte[] text = new byte[(int) length];
        bytes.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    /** Reads a length of one byte, and then a signed little-endian number of so many bytes, at most 8. */
    long signedLong() throws IOException {
        int length = unsignedByte();
        if (length > Long.BYTES) {
            throw new IOException("a whole number of at most 8 bytes, not " + length);
        }
        long value = 0;
        for (int k = 0; k < length; k++) {
            value |= (long) unsignedByte() << (8 * k);
        }
        int unused = Long.SIZE - 8 * length;
        return length == 0 ? 0 : value << unused >> unused;
    }

    /** Reads text up to a line feed. */
    String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = unsignedByte(); next != '\n'; next = unsignedByte()) {
            if (line.length() == LONGEST_LINE) {
                throw new IOException("a name of at most " + LONGEST_LINE + " characters, not more");
            }
            line.append((char) next);
        }
        return line.toString();
    }

    private ByteBuffer require(long count) throws IOException {
        if (count > bytes.remaining()) {
            throw new IOException("truncated: " + count + " more bytes, not " + bytes.remaining());
        }
        return bytes;
    }
}
