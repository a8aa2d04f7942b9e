package io.scopegate.trainer.torch;

import io.scopegate.trainer.torch.Pickled.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A zip file as PyTorch writes it, with records below one folder. Records must be uncompressed to be read, so none is
 * larger than the file. Nothing is unpacked to disk. Keeps the file open until closed.
 */
final class TorchArchive implements AutoCloseable {

    private static final long LARGEST_FILE_BYTES = 1L << 31;
    private static final int LARGEST_PICKLE_BYTES = 4 << 20;
    private static final int LARGEST_NOTE_BYTES = 64;
    private static final String PICKLE = "data.pkl";

    private final ZipFile zip;
    private final String folder;
    private final long fileBytes;
    private long unread;

    private TorchArchive(ZipFile zip, long fileBytes) throws IOException {
        this.zip = zip;
        this.folder = folder(zip);
        this.fileBytes = fileBytes;
        this.unread = fileBytes;
    }

    /** Opens a file. Messages do not name it; the caller adds the name. */
    static TorchArchive open(Path file) throws IOException {
        long bytes = Files.size(file);
        if (bytes > LARGEST_FILE_BYTES) {
            throw new IOException("at most " + LARGEST_FILE_BYTES + " bytes, not " + bytes);
        }
        ZipFile zip = zip(file);
        try {
            TorchArchive archive = new TorchArchive(zip, bytes);
            archive.requireLittleEndian();
            return archive;
        } catch (IOException e) {
            zip.close();
            throw e;
        }
    }

    private static ZipFile zip(Path file) throws IOException {
        try {
            return new ZipFile(file.toFile());
        } catch (ZipException e) {
            throw new IOException("not a zip file as torch.save writes it, or a truncated one: " + e.getMessage(), e);
        }
    }

    /** Returns the folder of the pickle with the tensors. Checks that all names are plain and unique. */
    private static String folder(ZipFile zip) throws IOException {
        Set<String> names = new HashSet<>();
        String folder = "";
        for (ZipEntry entry : Collections.list(zip.entries())) {
            String name = entry.getName();
            List<String> steps = List.of(name.split("/", -1));
            if (steps.contains("..") || steps.contains(".") || name.startsWith("/") || name.contains("\\")) {
                throw new IOException("records with plain names, not " + name);
            }
            if (!names.add(name)) {
                throw new IOException(name + ": once, not twice");
            }
            if (steps.size() == 2 && steps.get(1).equals(PICKLE)) {
                requireNone(folder, name);
                folder = steps.getFirst() + "/";
            }
        }
        if (folder.isEmpty()) {
            throw new IOException("a record FOLDER/" + PICKLE + " as torch.save writes it, not absent");
        }
        return folder;
    }

    /**
     * Refuses a second pickle, since it is unknown which one is meant. PyTorch takes that in the folder of the file's
     * first record.
     */
    private static void requireNone(String folder, String another) throws IOException {
        if (!folder.isEmpty()) {
            throw new IOException("one record FOLDER/%1$s, not %2$s%1$s and %3$s".formatted(PICKLE, folder, another));
        }
    }

    private void requireLittleEndian() throws IOException {
        if (zip.getEntry(folder + "byteorder") == null) {
            return;
        }
        String order = new String(read("byteorder", LARGEST_NOTE_BYTES), StandardCharsets.US_ASCII).strip();
        if (!order.equals("little")) {
            throw new IOException("byteorder: little, not " + order);
        }
    }

    /** Whether this is a TorchScript archive. */
    boolean script() {
        return zip.getEntry(folder + "constants.pkl") != null;
    }

    /** Returns the size of the file in bytes. */
    long fileBytes() {
        return fileBytes;
    }

    /** Reads the pickled value with the tensors. */
    Pickled value() throws IOException {
        byte[] pickle = read(PICKLE, LARGEST_PICKLE_BYTES);
        try {
            return Unpickler.read(pickle, script() ? PickledNames.SCRIPT : PickledNames.STATE_DICT);
        } catch (IOException e) {
            throw new IOException(PICKLE + ": " + e.getMessage(), e);
        }
    }

    /**
     * Returns the bytes of a storage, little endian and exactly as many as the pickle declares. Call it only once for
     * each storage, since every call counts towards the file's size.
     */
    ByteBuffer bytes(Storage storage) throws IOException {
        String record = "data/" + storage.key();
        long declared = storage.elements() * storage.type().bytes();
        byte[] bytes = read(record, declared);
        if (bytes.length != declared) {
            throw new IOException("%s: %d bytes, not %d".formatted(record, declared, bytes.length));
        }
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private byte[] read(String record, long most) throws IOException {
        ZipEntry entry = zip.getEntry(folder + record);
        if (entry == null) {
            throw new IOException(record + ": a record of the archive, not absent");
        }
        if (entry.getMethod() != ZipEntry.STORED || entry.getSize() != entry.getCompressedSize()) {
            throw new IOException(record + ": stored as torch.save does it, not compressed");
        }
        if (entry.getSize() > Math.min(most, fileBytes)) {
            throw new IOException(
                    "%s: at most %d bytes, not %d".formatted(record, Math.min(most, fileBytes), entry.getSize()));
        }
        requireUnread(record, entry.getSize());
        try (InputStream in = zip.getInputStream(entry)) {
            return intact(record, entry, in.readAllBytes());
        } catch (ZipException e) {
            throw new IOException(record + ": " + e.getMessage(), e);
        }
    }

    /**
     * Checks that all records read so far have no more bytes than the file. The entries of a malicious zip file may
     * overlap, so that a small file could stand for many bytes.
     */
    private void requireUnread(String record, long bytes) throws IOException {
        unread -= bytes;
        if (unread < 0) {
            throw new IOException(
                    "%s: %d bytes of its own, not ones that other records have too".formatted(record, bytes));
        }
    }

    private static byte[] intact(String record, ZipEntry entry, byte[] bytes) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        if (bytes.length != entry.getSize() || crc.getValue() != entry.getCrc()) {
            throw new IOException(
                    "%s: damaged: checksum %08x, not %08x".formatted(record, entry.getCrc(), crc.getValue()));
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
