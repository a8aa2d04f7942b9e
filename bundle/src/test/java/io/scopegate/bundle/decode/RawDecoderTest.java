package io.scopegate.bundle.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.scopegate.bundle.frame.ColorMatrix;
import io.scopegate.bundle.frame.ColorRange;
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
import org.junit.jupiter.api.Test;

class RawDecoderTest {

    private final RawDecoder decoder = new RawDecoder();

    @Test
    void packedFormatsPutTheirBytesInPlace() throws FrameRejectedException {
        assertThat(decode(PixelFormat.RGB8, 2, 1, plane(0, 1, 2, 3, 4, 5, 6))).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(decode(PixelFormat.BGR8, 2, 1, plane(0, 1, 2, 3, 4, 5, 6))).containsExactly(3, 2, 1, 6, 5, 4);
        assertThat(decode(PixelFormat.RGBA8, 2, 1, plane(0, 1, 2, 3, 9, 4, 5, 6, 9)))
                .containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(decode(PixelFormat.GRAY8, 2, 1, plane(0, 7, 8))).containsExactly(7, 7, 7, 8, 8, 8);
    }

    @Test
    void paddingAfterRowsIsSkippedAndMayBeAbsentAtTheEnd() throws FrameRejectedException {
        assertThat(decode(PixelFormat.GRAY8, 2, 2, plane(3, 1, 2, 99, 3, 4, 99)))
                .containsExactly(1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4);
        assertThat(decode(PixelFormat.GRAY8, 2, 2, plane(3, 1, 2, 99, 3, 4)))
                .containsExactly(1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4);
    }

    @Test
    void knownColorsComeOut() throws FrameRejectedException {
        FramePlane red601 = plane(0, 90, 81, 240, 81);
        FramePlane red709 = plane(0, 102, 63, 240, 63);
        FramePlane white = plane(0, 128, 235, 128, 16);

        assertThat(decode(PixelFormat.UYVY, 2, 1, red601)).startsWith(254, 0, 0);
        assertThat(decode(uyvy(ColorMatrix.BT709, ColorRange.LIMITED), red709)).startsWith(255, 1, 0);
        assertThat(decode(PixelFormat.UYVY, 2, 1, white)).containsExactly(255, 255, 255, 0, 0, 0);
        assertThat(decode(uyvy(ColorMatrix.BT601, ColorRange.FULL), white)).containsExactly(235, 235, 235, 16, 16, 16);
    }

    private static FrameFormat uyvy(ColorMatrix matrix, ColorRange range) {
        return new FrameFormat(PixelFormat.UYVY, 2, 1, matrix, range);
    }

    @Test
    void chromaIsReplicatedOverPairs() throws FrameRejectedException {
        FramePlane luma = plane(0, 100, 100, 100, 100, 100, 100, 100, 100, 100);
        FramePlane u = plane(0, 128, 128, 128, 128);
        FramePlane v = plane(0, 128, 200, 128, 128);
        int[] pixels = decode(PixelFormat.I420, 3, 3, luma, u, v);

        assertThat(pixels[0]).isEqualTo(pixels[3]).isEqualTo(pixels[9]).isEqualTo(pixels[18]);
        assertThat(pixels[6]).isEqualTo(pixels[15]).isNotEqualTo(pixels[0]);
        assertThat(pixels[24]).isEqualTo(pixels[0]);
        assertThat(decode(PixelFormat.NV12, 3, 3, luma, plane(0, 128, 128, 128, 200, 128, 128, 128, 128)))
                .isEqualTo(pixels);
    }

    @Test
    void planesMayComeAsOne() throws FrameRejectedException {
        int[] separate =
                decode(PixelFormat.I420, 3, 2, plane(0, 10, 20, 30, 40, 50, 60), plane(0, 90, 100), plane(0, 110, 120));

        assertThat(decode(PixelFormat.I420, 3, 2, plane(0, 10, 20, 30, 40, 50, 60, 90, 100, 110, 120)))
                .isEqualTo(separate);
        assertThat(decode(
                        PixelFormat.I420, 3, 2, plane(5, 10, 20, 30, 0, 0, 40, 50, 60, 0, 0, 90, 100, 0, 110, 120, 0)))
                .isEqualTo(separate);
    }

    @Test
    void bufferMayBeReadOnlyAndStartAnywhere() throws FrameRejectedException {
        ByteBuffer data = ByteBuffer.allocateDirect(8)
                .put(2, new byte[] {1, 2, 3})
                .position(2)
                .limit(5)
                .asReadOnlyBuffer();

        assertThat(decode(PixelFormat.RGB8, 1, 1, new FramePlane(data, 0))).containsExactly(1, 2, 3);
        assertThat(data.position()).isEqualTo(2);
    }

    @Test
    void wrongPlanesAreNamed() {
        assertThat(rejection(PixelFormat.RGB8, 2, 1, plane(0, 1, 2, 3, 4, 5)))
                .isEqualTo(new Rejection(Cause.BAD_PLANE_SIZE, "raw.planes[0].data", "6 bytes", "5"));
        assertThat(rejection(PixelFormat.RGB8, 2, 1, plane(7, 1, 2, 3, 4, 5, 6, 7, 8)))
                .isEqualTo(new Rejection(Cause.BAD_PLANE_SIZE, "raw.planes[0].data", "from 6 to 7 bytes", "8"));
        assertThat(rejection(PixelFormat.RGB8, 2, 1, plane(5, 1, 2, 3, 4, 5, 6)))
                .isEqualTo(new Rejection(Cause.BAD_PLANE_SIZE, "raw.planes[0].stride", "0 or at least 6", "5"));
        assertThat(rejection(PixelFormat.NV12, 2, 2, plane(0, 1, 2, 3, 4), plane(0, 1)))
                .isEqualTo(new Rejection(Cause.BAD_PLANE_SIZE, "raw.planes[1].data", "2 bytes", "1"));
        assertThat(rejection(PixelFormat.I420, 2, 2, plane(0, 1, 2, 3, 4), plane(0, 1, 2)))
                .isEqualTo(new Rejection(Cause.BAD_PLANE_SIZE, "raw.planes", "3 planes or 1 for I420", "2"));
        assertThat(rejection(PixelFormat.GRAY8, 1, 1, plane(0, 1), plane(0, 1)))
                .isEqualTo(new Rejection(Cause.BAD_PLANE_SIZE, "raw.planes", "1 plane for GRAY8", "2"));
    }

    @Test
    void strideThatOverflowsIsRejected() {
        FramePlane plane = new FramePlane(ByteBuffer.wrap(new byte[100]), -1);

        assertThat(rejection(PixelFormat.NV12, 8, 8, plane).value()).isEqualTo("100");
        assertThat(rejection(PixelFormat.NV12, 8, 1, plane).value()).isEqualTo("100");
    }

    @Test
    void badSizesAreNamed() {
        assertThat(rejection(PixelFormat.RGB8, 0, 1, plane(0, 1)))
                .isEqualTo(new Rejection(Cause.BAD_DIMENSIONS, "format.width", "from 1 to 8192", "0"));
        assertThat(rejection(PixelFormat.RGB8, 1, -1, plane(0, 1)))
                .isEqualTo(new Rejection(Cause.BAD_DIMENSIONS, "format.height", "from 1 to 8192", "4294967295"));
    }

    @Test
    void pictureThatFitsIntoNoArrayIsRejected() {
        SizeCheck size = new SizeCheck(
                FrameFormat.of(PixelFormat.GRAY8, 40_000, 40_000), new FrameLimits(65_500, Integer.MAX_VALUE));

        Rejection rejection = catchThrowableOfType(FrameRejectedException.class, size::checkRaw)
                .rejection();

        assertThat(rejection.message()).isEqualTo("format.width x height: at most 715827879 pixels, not 40000 x 40000");
    }

    private static FramePlane plane(int stride, int... bytes) {
        byte[] data = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            data[i] = (byte) bytes[i];
        }
        return new FramePlane(ByteBuffer.wrap(data), stride);
    }

    private int[] decode(PixelFormat format, int width, int height, FramePlane... planes)
            throws FrameRejectedException {
        return decode(FrameFormat.of(format, width, height), planes);
    }

    private int[] decode(FrameFormat format, FramePlane... planes) throws FrameRejectedException {
        Picture picture = new Picture();
        decoder.decode(new SizeCheck(format, FrameLimits.DEFAULT), List.of(planes), picture);
        int[] levels = new int[format.width() * format.height() * Picture.CHANNELS];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = picture.rgb()[i] & 0xff;
        }
        return levels;
    }

    private Rejection rejection(PixelFormat format, int width, int height, FramePlane... planes) {
        return catchThrowableOfType(FrameRejectedException.class, () -> decode(format, width, height, planes))
                .rejection();
    }
}
