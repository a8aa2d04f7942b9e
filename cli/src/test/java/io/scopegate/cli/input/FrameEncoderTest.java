package io.scopegate.cli.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.bundle.decode.FrameDecoder;
import io.scopegate.bundle.frame.FrameFormat;
import io.scopegate.bundle.frame.FrameLimits;
import io.scopegate.bundle.frame.FramePlane;
import io.scopegate.bundle.frame.Picture;
import io.scopegate.bundle.frame.PixelFormat;
import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FrameEncoderTest {

    private static final int WIDTH = 35;
    private static final int HEIGHT = 21;

    @ParameterizedTest
    @EnumSource(PixelFormat.class)
    void encodedPictureIsDecodedToASimilarPicture(PixelFormat format) throws Exception {
        BufferedImage image = gradient(format == PixelFormat.GRAY8);
        Picture decoded = new Picture();

        try (FrameDecoder decoder = FrameDecoder.open(FrameLimits.DEFAULT)) {
            FramePlane bytes = FramePlane.of(FrameEncoder.encode(image, format));
            decoder.decode(FrameFormat.of(format, WIDTH, HEIGHT), List.of(bytes), decoded);
        }

        assertThat(decoded.width()).isEqualTo(WIDTH);
        assertThat(decoded.height()).isEqualTo(HEIGHT);
        assertThat(meanDifference(image, decoded)).isLessThan(tolerance(format));
    }

    /** Returns a limit in levels of 255: in the YUV formats neighbouring pixels share chroma, and JPEG is lossy. */
    private static double tolerance(PixelFormat format) {
        return switch (format) {
            case PNG, RGB8, BGR8, RGBA8 -> 1e-9;
            case GRAY8 -> 1;
            case JPEG, NV12, I420, UYVY -> 6;
        };
    }

    private static BufferedImage gradient(boolean gray) {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                int red = 40 + 5 * x;
                image.setRGB(x, y, gray ? red * 0x10101 : red << 16 | (200 - 7 * y) << 8 | (60 + 3 * x));
            }
        }
        return image;
    }

    private static double meanDifference(BufferedImage image, Picture decoded) {
        double sum = 0;
        for (int k = 0; k < WIDTH * HEIGHT; k++) {
            int pixel = image.getRGB(k % WIDTH, k / WIDTH);
            sum += Math.abs((pixel >> 16 & 0xff) - (decoded.rgb()[3 * k] & 0xff));
            sum += Math.abs((pixel >> 8 & 0xff) - (decoded.rgb()[3 * k + 1] & 0xff));
            sum += Math.abs((pixel & 0xff) - (decoded.rgb()[3 * k + 2] & 0xff));
        }
        return sum / (3 * WIDTH * HEIGHT);
    }
}
