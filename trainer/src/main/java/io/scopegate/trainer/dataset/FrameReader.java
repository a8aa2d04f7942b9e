package io.scopegate.trainer.dataset;

import io.scopegate.bundle.decode.FrameDecoder;
import io.scopegate.bundle.file.FileFault;
import io.scopegate.bundle.frame.FrameFormat;
import io.scopegate.bundle.frame.FrameLimits;
import io.scopegate.bundle.frame.FramePlane;
import io.scopegate.bundle.frame.FrameRejectedException;
import io.scopegate.bundle.frame.Picture;
import io.scopegate.bundle.frame.PixelFormat;
import io.scopegate.bundle.preprocess.InputShape;
import io.scopegate.bundle.preprocess.Preprocessing;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Reads files as pictures and input tensors, with the server's own decoding and preprocessing. Used by one thread at a
 * time. Owns native memory until closed.
 */
public final class FrameReader implements AutoCloseable {

    /** More bytes than the largest accepted picture has with 16 bits per sample and without compression. */
    private static final long MOST_BYTES = 512L << 20;

    private final FrameDecoder decoder = FrameDecoder.open(FrameLimits.DEFAULT);
    private final Preprocessing preprocessing = new Preprocessing(InputShape.REFERENCE);
    private final Picture picture = new Picture();

    /**
     * Decodes a picture into new memory.
     *
     * @throws IOException if the file cannot be read or completely decoded; the message names it
     */
    public Picture picture(Path file) throws IOException {
        Picture own = new Picture();
        decode(file, own);
        return own;
    }

    /**
     * Returns the input tensor {@code 3 x 256 x 256} of a picture.
     *
     * @throws IOException if the file cannot be read or completely decoded; the message names it
     */
    public float[] tensor(Path file) throws IOException {
        decode(file, picture);
        float[] tensor = new float[InputShape.REFERENCE.elements()];
        preprocessing.apply(picture, FloatBuffer.wrap(tensor), 0);
        return tensor;
    }

    private void decode(Path file, Picture into) throws IOException {
        boolean png = file.toString().toLowerCase(Locale.ROOT).endsWith(".png");
        FrameFormat format = FrameFormat.encoded(png ? PixelFormat.PNG : PixelFormat.JPEG);
        try {
            decoder.decode(format, List.of(FramePlane.of(bytes(file))), into);
        } catch (FrameRejectedException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private static byte[] bytes(Path file) throws IOException {
        try {
            long size = Files.size(file);
            if (size > MOST_BYTES) {
                throw new IOException("%s: a picture of at most %d bytes, not %d".formatted(file, MOST_BYTES, size));
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            // A failed read, unlike a failed opening, says nothing about the file.
            throw new IOException(FileFault.text(file, e), e);
        }
    }

    @Override
    public void close() {
        decoder.close();
    }
}
