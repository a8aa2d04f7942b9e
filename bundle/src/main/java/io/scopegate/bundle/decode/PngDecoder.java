package io.scopegate.bundle.decode;

import io.scopegate.bundle.frame.FrameRejectedException;
import io.scopegate.bundle.frame.Picture;
import java.util.zip.Inflater;

/**
 * Decodes PNG of every colour type and depth to RGB. 16-bit samples lose their lower byte, grey of fewer than 8 bits is
 * scaled to 0..255, alpha and all ancillary chunks are ignored. ImageIO is not used, since it checks no CRC and pulls
 * in AWT's libraries.
 *
 * <p>Owns an inflater's native memory until it is closed.
 */
final class PngDecoder implements AutoCloseable {

    private static final Pass WHOLE = new Pass(0, 0, 1, 1);
    private static final Pass[] ADAM7 = {
        new Pass(0, 0, 8, 8),
        new Pass(4, 0, 8, 8),
        new Pass(0, 4, 4, 8),
        new Pass(2, 0, 4, 4),
        new Pass(0, 2, 2, 4),
        new Pass(1, 0, 2, 2),
        new Pass(0, 1, 1, 2)
    };

    /**
     * The pixels of one pass: every {@code stepX}th from {@code x} on in every {@code stepY}th row from {@code y} on.
     */
    private record Pass(int x, int y, int stepX, int stepY) {

        int pixels(int width) {
            return (width - x + stepX - 1) / stepX;
        }
    }

    private final Inflater inflater = new Inflater();

    /**
     * Decodes a picture, provided that the check accepts its size. Faults are reported as by
     * {@link FrameDecoder#decode}.
     */
    void decode(EncodedBytes png, SizeCheck size, Picture into) throws FrameRejectedException {
        PngChunks chunks = PngChunks.read(png);
        PngHeader header = chunks.header();
        size.checkEncoded(header.width(), header.height());
        into.reset(header.width(), header.height());
        inflater.reset();
        PngRows rows = new PngRows(png, chunks, inflater);
        PngPixels pixels = PngPixels.of(png, chunks);
        for (Pass pass : header.interlaced() ? ADAM7 : new Pass[] {WHOLE}) {
            decode(pass, rows, pixels, into);
        }
        rows.finish();
    }

    private static void decode(Pass pass, PngRows rows, PngPixels pixels, Picture into) throws FrameRejectedException {
        int count = pass.pixels(into.width());
        if (count == 0) {
            return;
        }
        rows.startPass();
        int bytes = pixels.rowBytes(count);
        int step = pass.stepX() * Picture.CHANNELS;
        for (int y = pass.y(); y < into.height(); y += pass.stepY()) {
            int start = (y * into.width() + pass.x()) * Picture.CHANNELS;
            pixels.write(rows.next(bytes), count, into.rgb(), start, step);
        }
    }

    @Override
    public void close() {
        inflater.end();
    }
}
