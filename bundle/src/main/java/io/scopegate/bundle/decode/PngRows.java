package io.scopegate.bundle.decode;

import io.scopegate.bundle.frame.FrameRejectedException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Inflates the rows of one PNG and reverses their filters. Borrows the inflater, which must be new or reset. */
final class PngRows {

    private final EncodedBytes png;
    private final Inflater inflater;
    private final Iterator<PngChunks.Part> data;
    private final int filterDistance;
    private final byte[] filter = new byte[1];
    private byte[] current;
    private byte[] previous;

    PngRows(EncodedBytes png, PngChunks chunks, Inflater inflater) {
        PngHeader header = chunks.header();
        this.png = png;
        this.inflater = inflater;
        this.data = chunks.data().iterator();
        this.filterDistance = header.filterDistance();
        this.current = new byte[header.rowBytes(header.width())];
        this.previous = new byte[current.length];
    }

    /** Forgets the previous row, as required at the start of an interlace pass. */
    void startPass() {
        Arrays.fill(current, (byte) 0);
    }

    /** Returns the next row, of this many bytes; valid until the next call. */
    byte[] next(int bytes) throws FrameRejectedException {
        byte[] row = previous;
        previous = current;
        current = row;
        inflate(filter, 1);
        inflate(row, bytes);
        unfilter(filter[0], bytes);
        return row;
    }

    private void inflate(byte[] into, int bytes) throws FrameRejectedException {
        try {
            int filled = 0;
            while (filled < bytes) {
                int count = inflater.inflate(into, filled, bytes - filled);
                filled += count;
                if (count == 0 && (inflater.finished() || inflater.needsDictionary() || !feed())) {
                    throw EncodedFault.corrupt("PNG", "too little image data");
                }
            }
        } catch (DataFormatException e) {
            throw EncodedFault.corrupt("PNG", "bad image data: " + e.getMessage());
        }
    }

    private boolean feed() {
        if (!data.hasNext()) {
            return false;
        }
        PngChunks.Part part = data.next();
        inflater.setInput(png.array(), png.offset() + part.start(), part.length());
        return true;
    }

    /** Reads the end of the compressed stream, which holds its checksum, and rejects any data before it. */
    void finish() throws FrameRejectedException {
        try {
            while (!inflater.finished()) {
                if (inflater.inflate(filter) > 0) {
                    throw EncodedFault.corrupt("PNG", "too much image data");
                }
                if (!inflater.finished() && !feed()) {
                    throw EncodedFault.corrupt("PNG", "image data without an end");
                }
            }
        } catch (DataFormatException e) {
            throw EncodedFault.corrupt("PNG", "bad image data: " + e.getMessage());
        }
    }

    private void unfilter(int type, int bytes) throws FrameRejectedException {
        switch (type) {
            case 0 -> {}
            case 1 -> undoSub(bytes);
            case 2 -> undoUp(bytes);
            case 3 -> undoAverage(bytes);
            case 4 -> undoPaeth(bytes);
            default -> throw EncodedFault.corrupt("PNG", "row filter " + type);
        }
    }

    private void undoSub(int bytes) {
        for (int i = filterDistance; i < bytes; i++) {
            current[i] += current[i - filterDistance];
        }
    }

    private void undoUp(int bytes) {
        for (int i = 0; i < bytes; i++) {
            current[i] += previous[i];
        }
    }

    private void undoAverage(int bytes) {
        for (int i = 0; i < bytes; i++) {
            int left = i < filterDistance ? 0 : current[i - filterDistance] & 0xff;
            current[i] += (byte) (left + (previous[i] & 0xff) >> 1);
        }
    }

    private void undoPaeth(int bytes) {
        for (int i = 0; i < Math.min(filterDistance, bytes); i++) {
            current[i] += previous[i];
        }
        for (int i = filterDistance; i < bytes; i++) {
            int left = current[i - filterDistance] & 0xff;
            int up = previous[i] & 0xff;
            int upperLeft = previous[i - filterDistance] & 0xff;
            current[i] += (byte) nearest(left, up, upperLeft);
        }
    }

    private static int nearest(int left, int up, int upperLeft) {
        int toLeft = Math.abs(up - upperLeft);
        int toUp = Math.abs(left - upperLeft);
        int toUpperLeft = Math.abs(left + up - 2 * upperLeft);
        if (toLeft <= toUp && toLeft <= toUpperLeft) {
            return left;
        }
        return toUp <= toUpperLeft ? up : upperLeft;
    }
}
