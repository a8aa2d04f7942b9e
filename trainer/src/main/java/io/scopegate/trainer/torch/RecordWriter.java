package io.scopegate.trainer.torch;

import io.scopegate.trainer.network.StateDict;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes the records of an archive as PyTorch does: uncompressed, and each aligned to 64 bytes, so that it can be
 * mapped into memory. The same records always give the same bytes.
 */
final class RecordWriter implements AutoCloseable {

    private static final int ALIGNMENT = 64;
    private static final int LOCAL_HEADER_BYTES = 30;
    private static final int EXTRA_HEADER_BYTES = 4;
    /**
     * The first day whose time a zip entry can hold without an extra timestamp field, which would depend on the time
     * zone.
     */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 2, 0, 0);

    private static final String VERSION = "3\n";

    private final Counting counting;
    private final ZipOutputStream zip;
    private final String folder;

    /** Writes records below a folder; nothing depends on its name. */
    RecordWriter(OutputStream out, String folder) {
        this.counting = new Counting(out);
        this.zip = new ZipOutputStream(counting, StandardCharsets.UTF_8);
        this.folder = folder;
        zip.setMethod(ZipOutputStream.STORED);
    }

    RecordWriter write(String name, byte[] bytes) throws IOException {
        ZipEntry entry = new ZipEntry(folder + "/" + name);
        CRC32 crc = new CRC32();
        crc.update(bytes);
        entry.setCrc(crc.getValue());
        entry.setSize(bytes.length);
        entry.setTimeLocal(NO_TIME);
        entry.setExtra(padding(entry.getName()));
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
        return this;
    }

    /** Returns an extra field {@code FB} that pads the header, so that the record's bytes are aligned. */
    private byte[] padding(String name) throws IOException {
        zip.flush();
        long start = counting.written
                + LOCAL_HEADER_BYTES
                + name.getBytes(StandardCharsets.UTF_8).length
                + EXTRA_HEADER_BYTES;
        int fill = (int) (-start & (ALIGNMENT - 1));
        return ByteBuffer.allocate(EXTRA_HEADER_BYTES + fill)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 'F')
                .put((byte) 'B')
                .putShort((short) fill)
                .array();
    }

    /** Writes the values of every entry of the state dict, and the records that the format requires. */
    void writeTensors(StateDict weights) throws IOException {
        write("byteorder", "little".getBytes(StandardCharsets.US_ASCII));
        int record = 0;
        for (String key : TorchKeys.shapes(weights.network()).keySet()) {
            byte[] values = TorchKeys.counter(key) ? new byte[Long.BYTES] : littleEndian(weights.values(key));
            write("data/" + record++, values);
        }
        write("version", VERSION.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] littleEndian(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    /** Ends the archive. The underlying stream stays open. */
    @Override
    public void close() throws IOException {
        zip.finish();
    }

    private static final class Counting extends FilterOutputStream {
        private long written;

        Counting(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            written++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            written += length;
        }
    }
}
