package io.scopegate.cli.input;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads the JPEG pictures of an AVI file's video stream one after the other, whatever the size of the file. AVI is a
 * tree of chunks (four letters, a length, the content, padded to an even length); lists are chunks whose content
 * begins with four more letters.
 *
 * <p>Not thread-safe. Owns the file until closed.
 */
final class MjpegAvi implements Closeable {

    private static final int CHUNK_HEADER_BYTES = 8;
    private static final int LARGEST_PICTURE_BYTES = 64 << 20;

    /** The chunk behind the pictures that says where each of them is. */
    private static final String INDEX = "idx1";

    /** Written as a list's length by programs that cannot go back to it once they know it; others leave it 0. */
    private static final long UNKNOWN_LENGTH = 0xffff_ffffL;

    private final Path file;
    private final FileChannel channel;
    private final ByteBuffer header = ByteBuffer.allocate(CHUNK_HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private long position;
    private long picturesEnd;
    private int dropped;

    private MjpegAvi(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Opens the file.
     *
     * @throws IOException if it cannot be read or is not an AVI file
     */
    static MjpegAvi open(Path file) throws IOException {
        MjpegAvi avi = new MjpegAvi(file, FileChannel.open(file));
        try {
            avi.readHeader();
            if (!avi.id().equals("RIFF") || !avi.listType(CHUNK_HEADER_BYTES).equals("AVI ")) {
                throw new IOException(file + ": not an AVI file");
            }
            avi.position = CHUNK_HEADER_BYTES + 4;
            return avi;
        } catch (IOException e) {
            avi.close();
            throw e;
        }
    }

    /**
     * Returns the next picture's bytes, or empty at the end.
     *
     * @throws IOException if the file is cut off, except within its index, or contains video other than MJPEG
     */
    Optional<byte[]> next() throws IOException {
        while (position + CHUNK_HEADER_BYTES <= channel.size()) {
            readHeader();
            long size = Integer.toUnsignedLong(header.getInt(4));
            if (isList()) {
                enterOrSkip(size);
            } else if (isVideo() && size == 0) {
                dropped++;
                skip(size);
            } else if (isVideo()) {
                return Optional.of(readPicture(size));
            } else {
                skip(size);
            }
        }
        requireAllPictures();
        return Optional.empty();
    }

    /** Refuses a file that ends before a list of pictures does: nothing else tells of pictures that are gone. */
    private void requireAllPictures() throws IOException {
        if (picturesEnd > channel.size()) {
            throw new EOFException(
                    file + ": truncated at byte " + channel.size() + "; its pictures end at byte " + picturesEnd);
        }
    }

    /**
     * Returns the number of frames so far that the recorder dropped. AVI marks each by an empty chunk: the picture
     * before it stays.
     */
    int dropped() {
        return dropped;
    }

    private boolean isList() {
        return id().equals("LIST") || id().equals("RIFF");
    }

    /**
     * Enters a list that may contain pictures and skips any other: pictures are in {@code movi} lists and in {@code
     * rec} lists within them.
     */
    private void enterOrSkip(long size) throws IOException {
        String type = listType(position + CHUNK_HEADER_BYTES);
        boolean pictures = type.equals("movi") || type.equals("rec ");
        if (pictures && size != UNKNOWN_LENGTH) {
            picturesEnd = Math.max(picturesEnd, position + CHUNK_HEADER_BYTES + size);
        }
        if (pictures || type.equals("AVIX")) {
            position += CHUNK_HEADER_BYTES + 4;
        } else {
            skip(size);
        }
    }

    private boolean isVideo() {
        String id = id();
        return Character.isDigit(id.charAt(0)) && (id.endsWith("dc") || id.endsWith("db"));
    }

    private byte[] readPicture(long size) throws IOException {
        if (size > LARGEST_PICTURE_BYTES) {
            throw new IOException(file + ": frame at byte " + position + " has " + size + " bytes, at most "
                    + LARGEST_PICTURE_BYTES + " are supported");
        }
        byte[] picture = new byte[(int) size];
        readFully(ByteBuffer.wrap(picture), position + CHUNK_HEADER_BYTES);
        if (picture.length > 1 && ((picture[0] & 0xff) != 0xff || (picture[1] & 0xff) != 0xd8)) {
            throw new IOException(
                    file + ": frame at byte " + position + " is not a JPEG; only MJPEG video is supported");
        }
        skip(size);
        return picture;
    }

    /** Skips a chunk. Pictures may be lost in one that ends behind the file, unless it is the index. */
    private void skip(long size) throws IOException {
        long end = position + CHUNK_HEADER_BYTES + size;
        if (end > channel.size() && !id().equals(INDEX)) {
            throw new EOFException(file + ": truncated at byte " + channel.size() + "; the chunk at byte " + position
                    + " ends at byte " + end);
        }
        position = end + (size & 1);
    }

    private void readHeader() throws IOException {
        header.clear();
        readFully(header, position);
    }

    private String id() {
        return new String(header.array(), 0, 4, StandardCharsets.ISO_8859_1);
    }

    private String listType(long at) throws IOException {
        ByteBuffer type = ByteBuffer.allocate(4);
        readFully(type, at);
        return new String(type.array(), StandardCharsets.ISO_8859_1);
    }

    private void readFully(ByteBuffer into, long from) throws IOException {
        long at = from;
        while (into.hasRemaining()) {
            int n = channel.read(into, at);
            if (n < 0) {
                throw new EOFException(file + ": truncated at byte " + at);
            }
            at += n;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
