package io.scopegate.bundle.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.bundle.frame.FrameFormat;
import io.scopegate.bundle.frame.FrameLimits;
import io.scopegate.bundle.frame.FrameRejectedException;
import io.scopegate.bundle.frame.Picture;
import io.scopegate.bundle.frame.PixelFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Tests that the two JPEG decoders give the same pixels, so that a server that falls back to the other one gives the
 * same answers.
 */
class JpegAgreementTest {

    @Test
    void decodersAgreeOnMadePictures() throws FrameRejectedException {
        Difference difference = new Difference();

        difference.add(EncodedPictures.jpeg(320, 240));
        difference.add(EncodedPictures.jpeg(33, 21));
        difference.add(EncodedPictures.progressiveJpeg(101, 99));
        difference.add(EncodedPictures.grayJpeg(64, 50));

        assertThat(difference.max).isZero();
    }

    @Test
    void decodersAgreeOnRealFrames() throws IOException, FrameRejectedException {
        Difference difference = new Difference();

        for (Path file : JpegDecoderTest.realFrames()) {
            difference.add(Files.readAllBytes(file));
        }

        assertThat(difference.max).isZero();
    }

    private static final class Difference {

        private int max;

        void add(byte[] jpeg) throws FrameRejectedException {
            try (JpegDecoder turbo = new TurboJpegDecoder();
                    JpegDecoder imageIo = new ImageIoJpegDecoder()) {
                byte[] first = decode(turbo, jpeg);
                byte[] second = decode(imageIo, jpeg);
                for (int i = 0; i < first.length; i++) {
                    max = Math.max(max, Math.abs((first[i] & 0xff) - (second[i] & 0xff)));
                }
            }
        }

        private static byte[] decode(JpegDecoder decoder, byte[] jpeg) throws FrameRejectedException {
            Picture picture = new Picture();
            SizeCheck size = new SizeCheck(FrameFormat.encoded(PixelFormat.JPEG), FrameLimits.DEFAULT);
            decoder.decode(new EncodedBytes(jpeg, 0, jpeg.length), size, picture);
            return JpegDecoderTest.pixels(picture);
        }
    }
}
