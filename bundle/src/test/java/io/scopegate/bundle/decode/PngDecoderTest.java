package io.scopegate.bundle.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.scopegate.bundle.frame.FrameFormat;
import io.scopegate.bundle.frame.FrameLimits;
import io.scopegate.bundle.frame.FrameRejectedException;
import io.scopegate.bundle.frame.Picture;
import io.scopegate.bundle.frame.PixelFormat;
import io.scopegate.bundle.frame.Rejection;
import io.scopegate.bundle.frame.Rejection.Cause;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the PNG decoder on pictures that ImageIO writes, and on others that no writer writes. */
class PngDecoderTest {

    private final PngDecoder decoder = new PngDecoder();

    @AfterEach
    void close() {
        decoder.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void rgbWithAndWithoutAlphaComesBackExactly(boolean interlaced) throws FrameRejectedException {
        for (int type : new int[] {BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_4BYTE_ABGR}) {
            for (int side : new int[] {1, 2, 3, 5, 8, 37}) {
                BufferedImage image = EncodedPictures.image(side, side + 4, type);

                assertThat(decode(EncodedPictures.png(image, interlaced)))
                        .as("type %d, %d wide", type, side)
                        .isEqualTo(rgb(image));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8})
    void paletteComesBackExactly(int bits) throws FrameRejectedException {
        int colors = 1 << bits;
        byte[][] levels = new byte[3][colors];
        for (int i = 0; i < colors; i++) {
            levels[0][i] = (byte) (i * 37 + 11);
            levels[1][i] = (byte) (i * 5);
            levels[2][i] = (byte) (200 - i);
        }
        IndexColorModel palette = new IndexColorModel(bits, colors, levels[0], levels[1], levels[2]);
        BufferedImage image = indexed(palette, bits);

        for (boolean interlaced : new boolean[] {false, true}) {
            assertThat(decode(EncodedPictures.png(image, interlaced))).isEqualTo(rgb(image));
        }
    }

    @Test
    void grayOfEachDepthIsSpreadOverAllLevels() throws FrameRejectedException {
        for (int bits : new int[] {1, 2, 4, 8, 16}) {
            byte[] png = TestPng.gray(bits, new int[] {0, (1 << bits) - 1, 1});

            int third = bits == 16 ? 0 : 255 / ((1 << bits) - 1);
            assertThat(decode(png)).as("%d bits", bits).containsExactly(0, 0, 0, 255, 255, 255, third, third, third);
        }
    }

    @Test
    void sixteenBitsLoseTheLowerByte() throws FrameRejectedException {
        byte[] png = TestPng.of(1, 1, 16, 2, new byte[] {0, 0x12, (byte) 0xff, 0x34, 0, 0x56, 0x78});

        assertThat(decode(png)).containsExactly(0x12, 0x34, 0x56);
    }

    @Test
    void eachRowFilterIsUndone() throws FrameRejectedException {
        byte[] rows = {
            1, 10, 20, 30, 1, 2, 3, 2, 5, 5, 5, 5, 5, 5, 3, 10, 10, 10, 10, 10, 10, 4, 1, 1, 1, (byte) 250, 1, 1
        };

        byte[] pixels = decode(TestPng.of(2, 4, 8, 2, rows));

        assertThat(Arrays.copyOfRange(pixels, 0, 6)).containsExactly(10, 20, 30, 11, 22, 33);
        assertThat(Arrays.copyOfRange(pixels, 6, 12)).containsExactly(15, 25, 35, 16, 27, 38);
        assertThat(Arrays.copyOfRange(pixels, 12, 18)).containsExactly(17, 22, 27, 26, 34, 42);
        assertThat(Arrays.copyOfRange(pixels, 18, 24)).containsExactly(18, 23, 28, 20, 35, 43);
    }

    @Test
    void truncatedPictureIsRejectedWhereverItEnds() {
        byte[] whole = EncodedPictures.png(EncodedPictures.image(60, 40, BufferedImage.TYPE_INT_RGB), false);
        for (int twentieth = 1; twentieth < 20; twentieth++) {
            assertThat(rejection(Arrays.copyOf(whole, whole.length * twentieth / 20))
                            .cause())
                    .isEqualTo(Cause.CORRUPT_PICTURE);
        }
        assertThat(rejection(Arrays.copyOf(whole, whole.length - 1)).cause()).isEqualTo(Cause.CORRUPT_PICTURE);
    }

    @Test
    void anyChangedByteIsNoticed() {
        byte[] whole = EncodedPictures.png(EncodedPictures.image(9, 7, BufferedImage.TYPE_INT_RGB), false);
        for (int i = 0; i < whole.length; i++) {
            byte[] changed = whole.clone();
            changed[i] ^= 0x10;

            assertThat(rejection(changed).cause()).as("byte %d", i).isEqualTo(Cause.CORRUPT_PICTURE);
        }
    }

    @Test
    void bytesAfterThePictureAreIgnored() throws FrameRejectedException {
        byte[] whole = EncodedPictures.png(EncodedPictures.image(9, 7, BufferedImage.TYPE_INT_RGB), false);

        assertThat(decode(Arrays.copyOf(whole, whole.length + 100))).isEqualTo(decode(whole));
    }

    @Test
    void imageDataMustHaveExactlyThePicturesSize() {
        assertThat(rejection(TestPng.of(2, 2, 8, 0, new byte[5])).message()).contains("too little image data");
        assertThat(rejection(TestPng.of(2, 2, 8, 0, new byte[7])).message()).contains("too much image data");
    }

    @Test
    void badHeadersAreRejected() {
        assertThat(rejection(TestPng.of(1, 1, 3, 0, new byte[2])).message()).contains("bit depth 3");
        assertThat(rejection(TestPng.of(1, 1, 0, 0, new byte[2])).message()).contains("bit depth 0");
        assertThat(rejection(TestPng.of(1, 1, 4, 2, new byte[4])).message()).contains("bit depth 4 for RGB");
        assertThat(rejection(TestPng.of(1, 1, 8, 5, new byte[4])).message()).contains("color type 5");
        assertThat(rejection(TestPng.of(1, 1, 8, 3, new byte[2])).message()).contains("a palette of 0 bytes");
        assertThat(rejection(TestPng.of(1, 1, 8, 0, new byte[] {5, 0})).message())
                .contains("row filter 5");
    }

    @Test
    void sizeIsCheckedBeforeThePictureIsDecoded() {
        for (int side : new int[] {0, 8193, Integer.MAX_VALUE, -1}) {
            assertThat(rejection(TestPng.of(side, 1, 8, 2, new byte[4])))
                    .isEqualTo(new Rejection(
                            Cause.BAD_DIMENSIONS, "encoded: width", "from 1 to 8192", Integer.toUnsignedString(side)));
        }
    }

    private static BufferedImage indexed(IndexColorModel palette, int bits) {
        int type = bits == 8 ? BufferedImage.TYPE_BYTE_INDEXED : BufferedImage.TYPE_BYTE_BINARY;
        BufferedImage image = new BufferedImage(29, 13, type, palette);
        for (int i = 0; i < 29 * 13; i++) {
            image.getRaster().setSample(i % 29, i / 29, 0, i * 7 % (1 << bits));
        }
        return image;
    }

    private static byte[] rgb(BufferedImage image) {
        byte[] rgb = new byte[image.getWidth() * image.getHeight() * 3];
        for (int i = 0; i < rgb.length; i++) {
            int pixel = image.getRGB(i / 3 % image.getWidth(), i / 3 / image.getWidth());
            rgb[i] = (byte) (pixel >> 16 - 8 * (i % 3));
        }
        return rgb;
    }

    private byte[] decode(byte[] png) throws FrameRejectedException {
        Picture picture = new Picture();
        SizeCheck size = new SizeCheck(FrameFormat.encoded(PixelFormat.PNG), FrameLimits.DEFAULT);
        decoder.decode(new EncodedBytes(png, 0, png.length), size, picture);
        return JpegDecoderTest.pixels(picture);
    }

    private Rejection rejection(byte[] png) {
        return catchThrowableOfType(FrameRejectedException.class, () -> decode(png))
                .rejection();
    }
}
