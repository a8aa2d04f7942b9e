package io.scopegate.bundle.decode;

import io.scopegate.bundle.frame.FrameRejectedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * The chunks of a PNG that its pixels depend on. All chunks up to IEND are present and have the right CRC.
 *
 * @param header the IHDR chunk
 * @param palette the PLTE chunk's data; empty if there is none
 * @param data the IDAT chunks' data, in order
 */
record PngChunks(PngHeader header, Part palette, List<Part> data) {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int FRAME_BYTES = 12;
    private static final int IHDR = 0x49484452;
    private static final int PLTE = 0x504c5445;
    private static final int IDAT = 0x49444154;
    private static final int IEND = 0x49454e44;
    private static final Set<Integer> CRITICAL = Set.of(IHDR, PLTE, IDAT, IEND);
    private static final int ANCILLARY_BIT = 0x20000000;

    /** A range of the encoded bytes. */
    record Part(int start, int length) {}

    /** Reads and checks all chunks. */
    static PngChunks read(EncodedBytes png) throws FrameRejectedException {
        for (int i = 0; i < SIGNATURE.length; i++) {
            if (i >= png.length() || (byte) png.unsignedByte(i) != SIGNATURE[i]) {
                throw EncodedFault.corrupt("PNG", "no PNG signature");
            }
        }
        return new Walk(png).read();
    }

    /** Walks over the chunks of one picture. */
    private static final class Walk {

        private final EncodedBytes png;
        private final CRC32 crc = new CRC32();
        private final List<Part> data = new ArrayList<>();
        private Part palette = new Part(0, 0);
        private int position = SIGNATURE.length;

        Walk(EncodedBytes png) {
            this.png = png;
        }

        PngChunks read() throws FrameRejectedException {
            Part first = next();
            if (type(first) != IHDR || first.length() != PngHeader.CHUNK_BYTES) {
                throw EncodedFault.corrupt("PNG", "no IHDR chunk at its start");
            }
            PngHeader header = PngHeader.read(png, first.start());
            for (Part chunk = next(); type(chunk) != IEND; chunk = next()) {
                take(chunk);
            }
            if (header.color() == PngHeader.Color.PALETTE && (palette.length() == 0 || palette.length() % 3 != 0)) {
                throw EncodedFault.corrupt("PNG", "a palette of " + palette.length() + " bytes");
            }
            return new PngChunks(header, palette, data);
        }

        private void take(Part chunk) throws FrameRejectedException {
            int type = type(chunk);
            if (type == IDAT) {
                data.add(chunk);
            } else if (type == PLTE) {
                palette = chunk;
            } else if (type == IHDR) {
                throw EncodedFault.corrupt("PNG", "a second IHDR chunk");
            } else if ((type & ANCILLARY_BIT) == 0 && !CRITICAL.contains(type)) {
                throw EncodedFault.unsupported(
                        "a PNG of known chunks", String.format(Locale.ROOT, "chunk 0x%08x", type));
            }
        }

        private int type(Part chunk) {
            return png.bigEndianInt(chunk.start() - 4);
        }

        private Part next() throws FrameRejectedException {
            int left = png.length() - position;
            int length = left < FRAME_BYTES ? -1 : png.bigEndianInt(position);
            if (length < 0 || length > left - FRAME_BYTES) {
                throw EncodedFault.corrupt("PNG", "a truncated chunk at byte " + position);
            }
            Part chunk = new Part(position + 8, length);
            crc.reset();
            crc.update(png.array(), png.offset() + position + 4, length + 4);
            if ((int) crc.getValue() != png.bigEndianInt(chunk.start() + length)) {
                throw EncodedFault.corrupt("PNG", "a wrong CRC in the chunk at byte " + position);
            }
            position += FRAME_BYTES + length;
            return chunk;
        }
    }
}
