package io.scopegate.server.testing;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;

/** Damages bytes as links, disks and attackers do. Not safe for use by several threads. */
public final class Mutations {

    private static final int MOST_CHANGES = 6;
    private static final byte[] TELLING = {0, 1, 0x7f, (byte) 0x80, (byte) 0xff};
    private static final int PNG_SIGNATURE_BYTES = 8;
    private static final int PNG_CHUNK_BYTES = 12;

    private final Random random;

    public Mutations(Random random) {
        this.random = random;
    }

    /**
     * Returns a copy of these bytes with one to {@value #MOST_CHANGES} changes. Parts may come from the other byte
     * arrays.
     */
    public byte[] of(byte[] bytes, List<byte[]> others) {
        byte[] mutated = bytes.clone();
        for (int changes = 1 + random.nextInt(MOST_CHANGES); changes > 0; changes--) {
            mutated = change(mutated, others.get(random.nextInt(others.size())));
        }
        return mutated;
    }

    private byte[] change(byte[] bytes, byte[] other) {
        int at = random.nextInt(bytes.length + 1);
        int length = Math.min(bytes.length - at, 1 + random.nextInt(random.nextBoolean() ? 4 : 256));
        return switch (random.nextInt(8)) {
            case 0 -> set(bytes, at, (byte) random.nextInt());
            case 1 -> set(bytes, at, TELLING[random.nextInt(TELLING.length)]);
            case 2 -> at == bytes.length ? bytes : set(bytes, at, (byte) (bytes[at] ^ 1 << random.nextInt(8)));
            case 3 -> joined(part(bytes, 0, at), part(bytes, at + length, bytes.length));
            case 4 -> joined(part(bytes, 0, at + length), part(bytes, at, bytes.length));
            case 5 -> part(bytes, 0, at);
            case 6 -> joined(part(bytes, 0, at), part(other, random.nextInt(other.length + 1), other.length));
            default -> noise(bytes, at, length);
        };
    }

    private static byte[] set(byte[] bytes, int at, byte value) {
        if (at < bytes.length) {
            bytes[at] = value;
        }
        return bytes;
    }

    private byte[] noise(byte[] bytes, int at, int length) {
        for (int i = at; i < at + length; i++) {
            bytes[i] = (byte) random.nextInt();
        }
        return bytes;
    }

    private static byte[] part(byte[] bytes, int from, int to) {
        return Arrays.copyOfRange(bytes, Math.min(from, to), to);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /**
     * Corrects the checksums of a PNG's chunks in place, up to the first byte that is no chunk, so that a decoder reads
     * the chunks' contents.
     */
    public static byte[] withRightChecksums(byte[] png) {
        int at = PNG_SIGNATURE_BYTES;
        while (at + PNG_CHUNK_BYTES <= png.length) {
            int length = bigEndianInt(png, at);
            if (length < 0 || length > png.length - at - PNG_CHUNK_BYTES) {
                return png;
            }
            CRC32 checksum = new CRC32();
            checksum.update(png, at + 4, length + 4);
            ByteBuffer.wrap(png).putInt(at + 8 + length, (int) checksum.getValue());
            at += PNG_CHUNK_BYTES + length;
        }
        return png;
    }

    private static int bigEndianInt(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).getInt(at);
    }
}
