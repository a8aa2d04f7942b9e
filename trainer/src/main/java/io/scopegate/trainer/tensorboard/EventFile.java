package io.scopegate.trainer.tensorboard;

import com.google.protobuf.CodedOutputStream;
import io.scopegate.bundle.file.FileFault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * Writes a TensorBoard event file. Each record consists of a length (8 bytes, little endian), the length's masked
 * CRC-32C, an {@code Event} message and the message's masked CRC-32C. The file is valid after every event. Used by one
 * thread at a time.
 */
public final class EventFile implements AutoCloseable {

    private static final int WALL_TIME = 1;
    private static final int STEP = 2;
    private static final int FILE_VERSION = 3;
    private static final int SUMMARY = 5;
    private static final int SESSION_LOG = 7;
    private static final int SUMMARY_VALUE = 1;
    private static final int VALUE_TAG = 1;
    private static final int VALUE_SIMPLE = 2;
    private static final int SESSION_STATUS = 1;
    private static final int SESSION_START = 1;
    private static final int CRC_MASK = 0xa282ead8;

    private final Path file;
    private final OutputStream out;
    private final Clock clock;

    private EventFile(Path file, OutputStream out, Clock clock) {
        this.file = file;
        this.out = out;
        this.clock = clock;
    }

    /** Writes the content of an event or message; of an event, everything besides its time. */
    private interface Content {
        void write(CodedOutputStream event) throws IOException;
    }

    /**
     * Creates a new file with a unique name in a folder.
     *
     * @param firstStep first step of this file; TensorBoard discards what earlier files have for this step and later
     *     ones
     * @param clock source of the events' times, and of the file's name
     */
    public static EventFile create(Path folder, int firstStep, Clock clock) throws IOException {
        Files.createDirectories(folder);
        Path file;
        long second = clock.millis() / 1000;
        do {
            file = folder.resolve(String.format(Locale.ROOT, "events.out.tfevents.%010d.scopegate", second++));
        } while (Files.exists(file));
        EventFile events = new EventFile(file, Files.newOutputStream(file, StandardOpenOption.CREATE_NEW), clock);
        events.add(event -> event.writeString(FILE_VERSION, "brain.Event:2"));
        events.add(event -> {
            event.writeInt64(STEP, firstStep);
            event.writeByteArray(SESSION_LOG, message(log -> log.writeEnum(SESSION_STATUS, SESSION_START)));
        });
        return events;
    }

    /** Adds one value. */
    public void scalar(String tag, long step, double value) throws IOException {
        byte[] content = message(out -> {
            out.writeString(VALUE_TAG, tag);
            out.writeFloat(VALUE_SIMPLE, (float) value);
        });
        add(event -> {
            event.writeInt64(STEP, step);
            event.writeByteArray(SUMMARY, message(summary -> summary.writeByteArray(SUMMARY_VALUE, content)));
        });
    }

    private void add(Content content) throws IOException {
        byte[] event = message(out -> {
            out.writeDouble(WALL_TIME, clock.millis() / 1e3);
            content.write(out);
        });
        byte[] length = littleEndian(8).putLong(event.length).array();
        ByteBuffer written = littleEndian(16 + event.length);
        written.put(length).putInt(maskedCrc(length)).put(event).putInt(maskedCrc(event));
        try {
            out.write(written.array());
        } catch (IOException e) {
            throw new IOException(file + ": not written: " + FileFault.text(e), e);
        }
    }

    private static byte[] message(Content content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream coded = CodedOutputStream.newInstance(bytes);
        content.write(coded);
        coded.flush();
        return bytes.toByteArray();
    }

    private static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int maskedCrc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        int value = (int) crc.getValue();
        return (value >>> 15 | value << 17) + CRC_MASK;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
