package io.scopegate.bundle.decode;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** PNGs that no writer would produce. */
final class TestPng {

    private TestPng() {}

    /** Returns a PNG of one row of gray samples. */
    static byte[] gray(int bits, int[] samples) {
        byte[] row = new byte[1 + (samples.length * bits + 7) / 8];
        for (int i = 0; i < samples.length * bits; i++) {
            int bit = samples[i / bits] >> bits - 1 - i % bits & 1;
            row[1 + i / 8] |= (byte) (bit << 7 - i % 8);
        }
        return of(samples.length, 1, bits, 0, row);
    }

    /** Returns a PNG of these rows, each of which begins with its filter byte. */
    static byte[] of(int width, int height, int bitDepth, int colorType, byte[] rows) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
        header.put((byte) bitDepth).put((byte) colorType);
        chunk(png, "IHDR", header.array());
        chunk(png, "IDAT", deflated(rows));
        chunk(png, "IEND", new byte[0]);
        return png.toByteArray();
    }

    private static byte[] deflated(byte[] rows) {
        Deflater deflater = new Deflater();
        deflater.setInput(rows);
        deflater.finish();
        byte[] room = new byte[rows.length + 100];
        int length = deflater.deflate(room);
        deflater.end();
        return java.util.Arrays.copyOf(room, length);
    }

    private static void chunk(ByteArrayOutputStream png, String type, byte[] data) {
        byte[] typeAndData = new byte[4 + data.length];
        System.arraycopy(type.getBytes(StandardCharsets.US_ASCII), 0, typeAndData, 0, 4);
        System.arraycopy(data, 0, typeAndData, 4, data.length);
        CRC32 crc = new CRC32();
        crc.update(typeAndData);
        png.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        png.writeBytes(typeAndData);
        png.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }
}
