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
 * Writes the records of an archive as PyTorch does: stored, each beginning at a multiple of 64 bytes so that it can be
 * mapped into memory. The same records always give the same bytes.
 */
final class RecordWriter implements AutoCloseable {

    private static final int ALIGNMENT = 64;
    private static final int LOCAL_HEADER_BYTES = 30;
    private static final int EXTRA_HEADER_BYTES = 4;
    /** The first day after which nothing but this needs to be written about time. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 2, 0, 0);

    private static final String VERSION = "3\n";

    private final Counting counting;
    private final ZipOutputStream zip;
    private final String folder;

    /** Writes below a folder whose name nothing depends on. */
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

    /** A field {@code FB} that fills up to the next multiple. */
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

    /** The values of every entry of the state dict, and what the format itself demands. */
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

    /** Ends the archive; the stream below stays open. */
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
