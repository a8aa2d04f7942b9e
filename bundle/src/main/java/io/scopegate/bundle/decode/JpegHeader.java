package io.scopegate.bundle.decode;

import io.scopegate.bundle.frame.FrameRejectedException;

/**
 * What the markers of a JPEG say about it. ImageIO returns samples as they are stored; the header says what they mean,
 * by the rules of libjpeg. It rejects pictures that ImageIO would accept and libjpeg-turbo, as built here, would not.
 *
 * @param width in pixels
 * @param height in pixels
 * @param components 1 for grey, 3 for colour
 * @param luminanceChrominance true if the three components are Y, Cb and Cr, false if they are R, G and B
 */
record JpegHeader(int width, int height, int components, boolean luminanceChrominance) {

    private static final int SOF0 = 0xc0;
    private static final int SOF2 = 0xc2;
    private static final int DHT = 0xc4;
    private static final int JPG = 0xc8;
    private static final int DAC = 0xcc;
    private static final int SOF15 = 0xcf;
    private static final int RST0 = 0xd0;
    private static final int SOI = 0xd8;
    private static final int EOI = 0xd9;
    private static final int SOS = 0xda;
    private static final int APP0 = 0xe0;
    private static final int APP14 = 0xee;
    private static final int TEM = 0x01;

    /** Reads all markers up to the end of the picture. */
    static JpegHeader read(EncodedBytes jpeg) throws FrameRejectedException {
        if (jpeg.length() < 4 || jpeg.unsignedShort(0) != (0xff00 | SOI)) {
            throw EncodedFault.corrupt("JPEG", "no start of a JPEG");
        }
        return new Markers(jpeg).read();
    }

    /** Walks over the markers of one picture. */
    private static final class Markers {

        private final EncodedBytes jpeg;
        private int position = 2;
        private int scans;
        private int frame = -1;
        private boolean jfif;
        private int adobeTransform = -1;

        Markers(EncodedBytes jpeg) {
            this.jpeg = jpeg;
        }

        JpegHeader read() throws FrameRejectedException {
            for (int marker = nextMarker(); marker != EOI; marker = nextMarker()) {
                if (marker >= RST0 && marker <= SOI || marker == TEM) {
                    continue;
                }
                int length = segmentLength();
                take(marker, position + 2, length - 2);
                position += length;
            }
            if (frame < 0 || scans == 0) {
                throw EncodedFault.corrupt("JPEG", "no picture before the end");
            }
            return header();
        }

        /** Returns the next marker. Skips entropy-coded data, in which 0xff is followed by 0. */
        private int nextMarker() throws FrameRejectedException {
            while (position + 1 < jpeg.length()) {
                int code = jpeg.unsignedByte(position + 1);
                if (jpeg.unsignedByte(position) == 0xff && code != 0 && code != 0xff) {
                    position += 2;
                    return code;
                }
                position++;
            }
            throw EncodedFault.corrupt("JPEG", "no end of the picture");
        }

        private int segmentLength() throws FrameRejectedException {
            int length = position + 2 <= jpeg.length() ? jpeg.unsignedShort(position) : 0;
            if (length < 2 || position + length > jpeg.length()) {
                throw EncodedFault.corrupt("JPEG", "a marker without its segment");
            }
            return length;
        }

        private void take(int marker, int start, int length) throws FrameRejectedException {
            if (marker == SOS && ++scans > JpegDecoder.MAX_SCANS) {
                throw EncodedFault.corrupt("JPEG", "More than " + JpegDecoder.MAX_SCANS + " scans");
            } else if (marker >= SOF0 && marker <= SOF15 && marker != DHT && marker != JPG && marker != DAC) {
                takeFrame(marker, start, length);
            } else if (marker == APP0 && length >= 14 && text(start, "JFIF\0")) {
                jfif = true;
            } else if (marker == APP14 && length >= 12 && text(start, "Adobe")) {
                adobeTransform = jpeg.unsignedByte(start + 11);
            }
        }

        private void takeFrame(int marker, int start, int length) throws FrameRejectedException {
            if (frame >= 0 || length < 6 || length != 6 + 3 * jpeg.unsignedByte(start + 5)) {
                throw EncodedFault.corrupt("JPEG", "a bad frame header");
            }
            int components = jpeg.unsignedByte(start + 5);
            if (marker > SOF2 || jpeg.unsignedByte(start) != 8 || components != 1 && components != 3) {
                throw EncodedFault.unsupported(JpegDecoder.SUPPORTED, "another process, precision or color space");
            }
            frame = start;
        }

        private boolean text(int start, String expected) {
            for (int i = 0; i < expected.length(); i++) {
                if (jpeg.unsignedByte(start + i) != expected.charAt(i)) {
                    return false;
                }
            }
            return true;
        }

        private JpegHeader header() {
            return new JpegHeader(
                    jpeg.unsignedShort(frame + 3),
                    jpeg.unsignedShort(frame + 1),
                    jpeg.unsignedByte(frame + 5),
                    luminanceChrominance());
        }

        private boolean luminanceChrominance() {
            if (jfif || jpeg.unsignedByte(frame + 5) != 3) {
                return true;
            }
            if (adobeTransform >= 0) {
                return adobeTransform != 0;
            }
            int ids = componentId(0) << 16 | componentId(1) << 8 | componentId(2);
            return ids != ('R' << 16 | 'G' << 8 | 'B');
        }

        private int componentId(int component) {
            return jpeg.unsignedByte(frame + 6 + 3 * component);
        }
    }
}
