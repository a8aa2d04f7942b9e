package io.scopegate.bundle.decode;

import io.scopegate.bundle.frame.FrameFormat;
import io.scopegate.bundle.frame.FrameLimits;
import io.scopegate.bundle.frame.FramePlane;
import io.scopegate.bundle.frame.FrameRejectedException;
import io.scopegate.bundle.frame.Picture;
import io.scopegate.bundle.frame.Rejection.Cause;
import java.util.List;

/**
 * Decodes frames to pictures: the single path from bytes to RGB, shared by server and trainer.
 *
 * <p>Encoded pictures are decoded whole and at full scale. A picture with any fault, truncation included, is rejected;
 * bytes after its end are ignored. EXIF rotation, colour profiles, gamma and alpha are ignored. Grey is replicated to
 * RGB. YUV is converted with the frame's matrix and range, its chroma replicated.
 *
 * <p>Owns native memory until it is closed. Not thread-safe: use one instance per thread.
 */
public final class FrameDecoder implements AutoCloseable {

    private final FrameLimits limits;
    private final JpegDecoder jpeg;
    private final PngDecoder png;
    private final RawDecoder raw;

    private FrameDecoder(FrameLimits limits, JpegDecoder jpeg) {
        this.limits = limits;
        this.jpeg = jpeg;
        this.png = new PngDecoder();
        this.raw = new RawDecoder();
    }

    /**
     * Opens a new decoder. It decodes JPEG with libjpeg-turbo, or with the JDK's ImageIO if libjpeg-turbo cannot be
     * loaded or the system property {@code scopegate.jpeg.decoder} is {@code imageio}.
     */
    public static FrameDecoder open(FrameLimits limits) {
        return new FrameDecoder(limits, JpegDecoder.open());
    }

    /** Returns the name of the JPEG decoder in use: {@code libjpeg-turbo} and its version, or {@code ImageIO}. */
    public String jpegDecoder() {
        return jpeg.name();
    }

    /**
     * Decodes one frame. The size is checked against the limits and the format before memory is allocated for it.
     *
     * @param format describes the bytes
     * @param planes for a raw format, all its planes, or a single one that holds them one after the other; for an
     *     encoded format, the one picture
     * @param into receives the pixels; undefined if the frame is rejected
     * @throws FrameRejectedException if the frame is empty, corrupt, unsupported, over the limits or not as announced
     */
    public void decode(FrameFormat format, List<FramePlane> planes, Picture into) throws FrameRejectedException {
        requireContent(format, planes);
        SizeCheck size = new SizeCheck(format, limits);
        switch (format.pixelFormat()) {
            case JPEG -> jpeg.decode(encoded(planes), size, into);
            case PNG -> png.decode(encoded(planes), size, into);
            case RGB8, BGR8, RGBA8, GRAY8, NV12, I420, UYVY -> raw.decode(size, planes, into);
        }
    }

    private static void requireContent(FrameFormat format, List<FramePlane> planes) throws FrameRejectedException {
        for (FramePlane plane : planes) {
            if (plane.data().hasRemaining()) {
                return;
            }
        }
        String field = format.pixelFormat().encoded() ? "encoded" : "raw.planes";
        throw new FrameRejectedException(Cause.EMPTY_FRAME, field, "at least 1 byte", "0");
    }

    private static EncodedBytes encoded(List<FramePlane> planes) throws FrameRejectedException {
        if (planes.size() != 1) {
            throw new FrameRejectedException(
                    Cause.BAD_PLANE_SIZE, "encoded", "1 picture", String.valueOf(planes.size()));
        }
        return EncodedBytes.of(planes.getFirst().data());
    }

    @Override
    public void close() {
        jpeg.close();
        png.close();
    }
}
