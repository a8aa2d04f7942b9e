package io.scopegate.bundle.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.scopegate.bundle.frame.FrameFormat;
import io.scopegate.bundle.frame.FrameLimits;
import io.scopegate.bundle.frame.FramePlane;
import io.scopegate.bundle.frame.FrameRejectedException;
import io.scopegate.bundle.frame.Picture;
import io.scopegate.bundle.frame.PixelFormat;
import io.scopegate.bundle.frame.Rejection;
import io.scopegate.bundle.frame.Rejection.Cause;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FrameDecoderTest {

    private final FrameDecoder decoder = FrameDecoder.open(FrameLimits.DEFAULT);

    @AfterEach
    void close() {
        decoder.close();
    }

    @Test
    void emptyFramesAreRejected() {
        FramePlane empty = FramePlane.of(new byte[0]);

        assertThat(rejection(FrameFormat.encoded(PixelFormat.JPEG), List.of(empty)))
                .isEqualTo(new Rejection(Cause.EMPTY_FRAME, "encoded", "at least 1 byte", "0"));
        assertThat(rejection(FrameFormat.encoded(PixelFormat.PNG), List.of()).cause())
                .isEqualTo(Cause.EMPTY_FRAME);
        assertThat(rejection(FrameFormat.of(PixelFormat.NV12, 2, 2), List.of(empty, empty)))
                .isEqualTo(new Rejection(Cause.EMPTY_FRAME, "raw.planes", "at least 1 byte", "0"));
    }

    @Test
    void anEncodedPictureIsOnePlane() {
        FramePlane plane = FramePlane.of(EncodedPictures.jpeg(8, 8));

        assertThat(rejection(FrameFormat.encoded(PixelFormat.JPEG), List.of(plane, plane)))
                .isEqualTo(new Rejection(Cause.BAD_PLANE_SIZE, "encoded", "1 picture", "2"));
    }

    @Test
    void directBufferGivesTheSameAsAnArray() throws FrameRejectedException {
        byte[] jpeg = EncodedPictures.jpeg(30, 20);
        ByteBuffer direct =
                ByteBuffer.allocateDirect(jpeg.length + 5).position(5).put(jpeg).position(5);

        byte[] fromDirect = decode(new FramePlane(direct, 0));
        byte[] fromReadOnly = decode(new FramePlane(ByteBuffer.wrap(jpeg).asReadOnlyBuffer(), 0));
        byte[] padded = new byte[jpeg.length + 7];
        System.arraycopy(jpeg, 0, padded, 3, jpeg.length);
        byte[] fromSlice =
                decode(new FramePlane(ByteBuffer.wrap(padded, 3, jpeg.length).slice(), 0));

        assertThat(fromDirect).isEqualTo(decode(FramePlane.of(jpeg)));
        assertThat(fromReadOnly).isEqualTo(fromDirect);
        assertThat(fromSlice).isEqualTo(fromDirect);
    }

    @Test
    void jpegAnnouncedAsPngIsRejected() {
        FramePlane jpeg = FramePlane.of(EncodedPictures.jpeg(8, 8));

        assertThat(rejection(FrameFormat.encoded(PixelFormat.PNG), List.of(jpeg))
                        .message())
                .isEqualTo("encoded: an intact PNG picture, not one with: no PNG signature");
    }

    @Test
    void imageIoCanBeChosen() {
        System.setProperty("scopegate.jpeg.decoder", "imageio");
        try (FrameDecoder chosen = FrameDecoder.open(FrameLimits.DEFAULT)) {
            assertThat(chosen.jpegDecoder()).isEqualTo("ImageIO");
        } finally {
            System.clearProperty("scopegate.jpeg.decoder");
        }
    }

    @Test
    void closedDecoderTakesNoFrames() {
        decoder.close();

        assertThatIllegalStateException()
                .isThrownBy(() -> decode(FramePlane.of(EncodedPictures.jpeg(8, 8))))
                .withMessage("the decoder is closed");
    }

    private byte[] decode(FramePlane plane) throws FrameRejectedException {
        Picture picture = new Picture();
        decoder.decode(FrameFormat.encoded(PixelFormat.JPEG), List.of(plane), picture);
        return JpegDecoderTest.pixels(picture);
    }

    private Rejection rejection(FrameFormat format, List<FramePlane> planes) {
        return catchThrowableOfType(FrameRejectedException.class, () -> decoder.decode(format, planes, new Picture()))
                .rejection();
    }
}
