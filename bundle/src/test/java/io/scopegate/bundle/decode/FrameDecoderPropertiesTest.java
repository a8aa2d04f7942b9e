package io.scopegate.bundle.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.bundle.frame.ColorMatrix;
import io.scopegate.bundle.frame.ColorRange;
import io.scopegate.bundle.frame.FrameFormat;
import io.scopegate.bundle.frame.FrameLimits;
import io.scopegate.bundle.frame.FramePlane;
import io.scopegate.bundle.frame.FrameRejectedException;
import io.scopegate.bundle.frame.Picture;
import io.scopegate.bundle.frame.PixelFormat;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterProperty;

/** Tests that any bytes are either decoded or rejected: nothing else is thrown. */
class FrameDecoderPropertiesTest {

    private static final FrameLimits LIMITS = new FrameLimits(512, 512 * 512);
    private static final List<byte[]> SEEDS = List.of(
            EncodedPictures.jpeg(40, 30),
            EncodedPictures.grayJpeg(17, 33),
            EncodedPictures.progressiveJpeg(48, 32),
            EncodedPictures.jpegWithScans(100),
            EncodedPictures.png(EncodedPictures.image(30, 20, BufferedImage.TYPE_INT_RGB), false),
            EncodedPictures.png(EncodedPictures.image(23, 19, BufferedImage.TYPE_4BYTE_ABGR), true),
            EncodedPictures.png(EncodedPictures.image(23, 19, BufferedImage.TYPE_BYTE_INDEXED), false));

    private final FrameDecoder decoder = FrameDecoder.open(LIMITS);
    private final JpegDecoder imageIo = new ImageIoJpegDecoder();

    @AfterProperty
    void close() {
        decoder.close();
        imageIo.close();
    }

    @Property(tries = 500)
    void randomBytesAreRejected(@ForAll byte[] bytes) {
        assertThat(decodes(PixelFormat.JPEG, bytes)).isFalse();
        assertThat(decodes(PixelFormat.PNG, bytes)).isFalse();
        assertThat(decodesByImageIo(bytes)).isFalse();
    }

    @Property(tries = 3000)
    void changedPicturesAreDecodedOrRejected(
            @ForAll @IntRange(max = 6) int seed,
            @ForAll long randomness,
            @ForAll @IntRange(min = 1, max = 20) int changes) {
        byte[] bytes = SEEDS.get(seed).clone();
        Random random = new Random(randomness);
        for (int i = 0; i < changes; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        byte[] part = random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;

        decodes(PixelFormat.JPEG, part);
        decodes(PixelFormat.PNG, part);
        decodesByImageIo(part);
    }

    @Property(tries = 2000)
    void rawFramesAreDecodedOrRejected(
            @ForAll PixelFormat format,
            @ForAll @IntRange(min = -1, max = 40) int width,
            @ForAll @IntRange(min = -1, max = 40) int height,
            @ForAll @Size(max = 4) List<@IntRange(max = 5000) Integer> sizes,
            @ForAll @IntRange(min = -1, max = 200) int stride) {
        List<FramePlane> planes = new ArrayList<>();
        for (int size : sizes) {
            planes.add(new FramePlane(ByteBuffer.wrap(new byte[size]), stride));
        }

        decodes(new FrameFormat(format, width, height, ColorMatrix.BT601, ColorRange.FULL), planes);
    }

    private boolean decodes(PixelFormat format, byte[] bytes) {
        return decodes(FrameFormat.encoded(format), List.of(FramePlane.of(bytes)));
    }

    private boolean decodes(FrameFormat format, List<FramePlane> planes) {
        Picture picture = new Picture();
        try {
            decoder.decode(format, planes, picture);
            assertThat(picture.width()).isBetween(1, LIMITS.maxDimension());
            return true;
        } catch (FrameRejectedException e) {
            assertThat(e.rejection().message()).doesNotContain("null");
            return false;
        }
    }

    private boolean decodesByImageIo(byte[] bytes) {
        SizeCheck size = new SizeCheck(FrameFormat.encoded(PixelFormat.JPEG), LIMITS);
        try {
            imageIo.decode(new EncodedBytes(bytes, 0, bytes.length), size, new Picture());
            return true;
        } catch (FrameRejectedException e) {
            return false;
        }
    }
}
