package io.scopegate.bundle.decode;

import static io.scopegate.bundle.decode.EncodedPictures.frameHeader;
import static io.scopegate.bundle.decode.EncodedPictures.grayJpeg;
import static io.scopegate.bundle.decode.EncodedPictures.jpeg;
import static io.scopegate.bundle.decode.EncodedPictures.jpegHeaders;
import static io.scopegate.bundle.decode.EncodedPictures.jpegWithScans;
import static io.scopegate.bundle.decode.EncodedPictures.progressiveJpeg;
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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests both JPEG decoders, libjpeg-turbo and ImageIO. */
@ParameterizedClass
@ValueSource(booleans = {true, false})
class JpegDecoderTest {

    private static final int HUFFMAN_TABLES = 0xc4;
    private static final int START_OF_SCAN = 0xda;
    private static final int QUANTIZATION_TABLES = 0xdb;

    private final JpegDecoder decoder;

    JpegDecoderTest(boolean turbo) {
        decoder = turbo ? new TurboJpegDecoder() : new ImageIoJpegDecoder();
    }

    @AfterEach
    void close() {
        decoder.close();
    }

    @Test
    void colorPictureIsNearTheOriginal() throws FrameRejectedException {
        var original = EncodedPictures.image(64, 48, BufferedImage.TYPE_INT_RGB);

        Picture picture = decode(jpeg(64, 48));

        assertThat(picture.width()).isEqualTo(64);
        assertThat(picture.height()).isEqualTo(48);
        double sum = 0;
        for (int i = 0; i < 64 * 48 * 3; i++) {
            int expected = original.getRGB(i / 3 % 64, i / 3 / 64) >> 16 - 8 * (i % 3) & 0xff;
            sum += Math.abs(expected - (picture.rgb()[i] & 0xff));
        }
        assertThat(sum / (64 * 48 * 3)).isLessThan(12);
    }

    @Test
    void grayIsReplicated() throws FrameRejectedException {
        Picture picture = decode(grayJpeg(31, 17));

        for (int i = 0; i < 31 * 17; i++) {
            assertThat(picture.rgb()[3 * i + 1]).isEqualTo(picture.rgb()[3 * i]);
            assertThat(picture.rgb()[3 * i + 2]).isEqualTo(picture.rgb()[3 * i]);
        }
    }

    @Test
    void truncatedPictureIsRejectedWhereverItEnds() {
        for (byte[] whole : List.of(jpeg(160, 120), progressiveJpeg(160, 120))) {
            for (int twentieth = 1; twentieth < 20; twentieth++) {
                byte[] part = Arrays.copyOf(whole, whole.length * twentieth / 20);

                assertThat(rejection(part).cause())
                        .as("%d/20 of %d bytes", twentieth, whole.length)
                        .isEqualTo(Cause.CORRUPT_PICTURE);
            }
            assertThat(rejection(Arrays.copyOf(whole, whole.length - 2)).cause())
                    .isEqualTo(Cause.CORRUPT_PICTURE);
        }
    }

    @Test
    void brokenHuffmanCodeIsRejected() {
        byte[] broken = jpeg(160, 120);
        Arrays.fill(broken, broken.length / 2, broken.length / 2 + 40, (byte) 0xfe);

        assertThat(rejection(broken).cause()).isEqualTo(Cause.CORRUPT_PICTURE);
    }

    @Test
    void tablesOfAnEarlierPictureAreNotReused() throws FrameRejectedException {
        for (int tables : new int[] {QUANTIZATION_TABLES, HUFFMAN_TABLES}) {
            byte[] bare = without(tables, jpeg(64, 48));
            String alone = outcome(bare);

            decode(progressiveJpeg(64, 48));
            decode(grayJpeg(64, 48));

            assertThat(outcome(bare)).as("without 0x%02x", tables).isEqualTo(alone);
        }
        assertThat(rejection(without(QUANTIZATION_TABLES, jpeg(64, 48))).cause())
                .isEqualTo(Cause.CORRUPT_PICTURE);
    }

    /** Returns the pixels, or the reason why there are none. */
    private String outcome(byte[] jpeg) {
        try {
            return Arrays.toString(pixels(decode(jpeg)));
        } catch (FrameRejectedException e) {
            return e.rejection().toString();
        }
    }

    private static byte[] without(int marker, byte[] jpeg) {
        byte[] left = jpeg.clone();
        int length = 2;
        int at = 2;
        while (jpeg[at + 1] != (byte) START_OF_SCAN) {
            int segment = 2 + ((jpeg[at + 2] & 0xff) << 8 | jpeg[at + 3] & 0xff);
            if (jpeg[at + 1] != (byte) marker) {
                System.arraycopy(jpeg, at, left, length, segment);
                length += segment;
            }
            at += segment;
        }
        System.arraycopy(jpeg, at, left, length, jpeg.length - at);
        return Arrays.copyOf(left, length + jpeg.length - at);
    }

    @Test
    void bytesAfterThePictureAreIgnored() throws FrameRejectedException {
        byte[] whole = jpeg(33, 21);
        byte[] longer = Arrays.copyOf(whole, whole.length + 1000);
        Arrays.fill(longer, whole.length, longer.length, (byte) 0x5a);

        assertThat(pixels(decode(longer))).isEqualTo(pixels(decode(whole)));
    }

    @Test
    void rotationByExifIsIgnored() throws FrameRejectedException {
        byte[] whole = jpeg(40, 20);
        byte[] exif = {
            (byte) 0xff,
            (byte) 0xe1,
            0,
            34,
            'E',
            'x',
            'i',
            'f',
            0,
            0,
            'M',
            'M',
            0,
            42,
            0,
            0,
            0,
            8,
            0,
            1,
            1,
            0x12,
            0,
            3,
            0,
            0,
            0,
            1,
            0,
            6,
            0,
            0,
            0,
            0,
            0,
            0
        };
        int afterJfif = 4 + (whole[4] << 8 | whole[5]);
        byte[] rotated = new byte[whole.length + exif.length];
        System.arraycopy(whole, 0, rotated, 0, afterJfif);
        System.arraycopy(exif, 0, rotated, afterJfif, exif.length);
        System.arraycopy(whole, afterJfif, rotated, afterJfif + exif.length, whole.length - afterJfif);

        Picture picture = decode(rotated);

        assertThat(picture.width()).isEqualTo(40);
        assertThat(pixels(picture)).isEqualTo(pixels(decode(whole)));
    }

    @Test
    void aHundredScansAreEnough() throws FrameRejectedException {
        assertThat(decode(jpegWithScans(100)).width()).isEqualTo(8);
        assertThat(rejection(jpegWithScans(101)).message()).contains("More than 100 scans");
    }

    @Test
    void otherProcessesPrecisionsAndColorSpacesAreUnsupported() {
        assertThat(rejection(jpegHeaders(0xc0, 8, 4)).cause()).isEqualTo(Cause.UNSUPPORTED_FORMAT);
        assertThat(rejection(jpegHeaders(0xc0, 8, 2)).cause()).isEqualTo(Cause.UNSUPPORTED_FORMAT);
        assertThat(rejection(jpegHeaders(0xc1, 12, 3)).cause()).isEqualTo(Cause.UNSUPPORTED_FORMAT);
        assertThat(rejection(jpegHeaders(0xc3, 8, 3)).cause()).isEqualTo(Cause.UNSUPPORTED_FORMAT);
        assertThat(rejection(jpegHeaders(0xc9, 8, 3)).cause()).isEqualTo(Cause.UNSUPPORTED_FORMAT);
    }

    @Test
    void sizeIsCheckedBeforeThePictureIsDecoded() {
        byte[] huge = jpeg(16, 16);
        Arrays.fill(huge, frameHeader(huge) + 5, frameHeader(huge) + 9, (byte) 0xfe);
        byte[] wide = jpeg(65, 16);
        byte[] flat = jpeg(16, 16);
        Arrays.fill(flat, frameHeader(flat) + 5, frameHeader(flat) + 7, (byte) 0);

        assertThat(rejection(huge).cause()).isEqualTo(Cause.BAD_DIMENSIONS);
        assertThat(rejection(flat).cause()).isEqualTo(Cause.BAD_DIMENSIONS);
        assertThat(rejection(wide, FrameFormat.encoded(PixelFormat.JPEG), new FrameLimits(64, 64 * 64)))
                .isEqualTo(new Rejection(Cause.BAD_DIMENSIONS, "encoded: width", "from 1 to 64", "65"));
    }

    @Test
    void announcedSizeMustAgree() throws FrameRejectedException {
        byte[] whole = jpeg(40, 20);

        decode(whole, FrameFormat.of(PixelFormat.JPEG, 40, 20), FrameLimits.DEFAULT);
        assertThat(rejection(whole, FrameFormat.of(PixelFormat.JPEG, 40, 21), FrameLimits.DEFAULT)
                        .message())
                .isEqualTo("format.height: 0 or the picture's own 20, not 21");
    }

    @Test
    void aRejectedPictureLeavesTheDecoderAsItWas() throws FrameRejectedException {
        byte[] whole = progressiveJpeg(50, 50);
        byte[] first = pixels(decode(whole));

        rejection(Arrays.copyOf(whole, whole.length / 2));
        rejection(new byte[] {1, 2, 3});

        assertThat(pixels(decode(whole))).isEqualTo(first);
    }

    @Test
    void realFramesDecode() throws IOException, FrameRejectedException {
        for (Path file : realFrames()) {
            assertThat(decode(Files.readAllBytes(file)).width()).as("%s", file).isPositive();
        }
    }

    static List<Path> realFrames() throws IOException {
        Path frames = Path.of(System.getProperty("scopegate.root"))
                .resolve("../shared/frames")
                .normalize();
        Assumptions.assumeTrue(Files.isDirectory(frames), "no real frames at " + frames);
        try (Stream<Path> files = Files.walk(frames)) {
            return files.filter(file -> file.toString().endsWith(".jpg"))
                    .sorted()
                    .toList();
        }
    }

    private Picture decode(byte[] bytes) throws FrameRejectedException {
        return decode(bytes, FrameFormat.encoded(PixelFormat.JPEG), FrameLimits.DEFAULT);
    }

    private Picture decode(byte[] bytes, FrameFormat format, FrameLimits limits) throws FrameRejectedException {
        Picture picture = new Picture();
        decoder.decode(new EncodedBytes(bytes, 0, bytes.length), new SizeCheck(format, limits), picture);
        return picture;
    }

    private Rejection rejection(byte[] bytes) {
        return rejection(bytes, FrameFormat.encoded(PixelFormat.JPEG), FrameLimits.DEFAULT);
    }

    private Rejection rejection(byte[] bytes, FrameFormat format, FrameLimits limits) {
        return catchThrowableOfType(FrameRejectedException.class, () -> decode(bytes, format, limits))
                .rejection();
    }

    static byte[] pixels(Picture picture) {
        return Arrays.copyOf(picture.rgb(), picture.width() * picture.height() * Picture.CHANNELS);
    }
}
