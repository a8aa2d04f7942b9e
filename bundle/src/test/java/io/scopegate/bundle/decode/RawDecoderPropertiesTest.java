package io.scopegate.bundle.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.scopegate.bundle.frame.ColorMatrix;
import io.scopegate.bundle.frame.ColorRange;
import io.scopegate.bundle.frame.FrameFormat;
import io.scopegate.bundle.frame.FrameLimits;
import io.scopegate.bundle.frame.FramePlane;
import io.scopegate.bundle.frame.FrameRejectedException;
import io.scopegate.bundle.frame.Picture;
import io.scopegate.bundle.frame.PixelFormat;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Compares the fixed-point conversion with the standards' formulas in floating point. */
class RawDecoderPropertiesTest {

    private static final double TOLERANCE = 0.5 + 0.001;

    @Test
    void everyColorIsRoundedToNearest() throws FrameRejectedException {
        for (ColorMatrix matrix : ColorMatrix.values()) {
            for (ColorRange range : ColorRange.values()) {
                for (int u = 0; u < 256; u += 5) {
                    assertEveryLumaAndV(matrix, range, u);
                }
            }
        }
    }

    private static void assertEveryLumaAndV(ColorMatrix matrix, ColorRange range, int u) throws FrameRejectedException {
        byte[] data = new byte[256 * 256 * 4];
        for (int i = 0; i < 256 * 256; i++) {
            data[4 * i] = (byte) u;
            data[4 * i + 1] = (byte) (i >> 8);
            data[4 * i + 2] = (byte) i;
            data[4 * i + 3] = (byte) (255 - (i >> 8));
        }
        FrameFormat format = new FrameFormat(PixelFormat.UYVY, 512, 256, matrix, range);

        byte[] rgb = decode(format, FramePlane.of(data));

        double worst = 0;
        for (int pixel = 0; pixel < 512 * 256; pixel++) {
            int pair = pixel / 2 * 4;
            double[] exact = exact(format, data[pair + 1 + pixel % 2 * 2], data[pair], data[pair + 2]);
            for (int c = 0; c < 3; c++) {
                worst = Math.max(worst, Math.abs(exact[c] - (rgb[3 * pixel + c] & 0xff)));
            }
        }
        assertThat(worst).as("%s %s, U %d", matrix, range, u).isLessThan(TOLERANCE);
    }

    @Property(tries = 200)
    void planarFormatsOfAnySizeAndStrideFollowTheFormula(
            @ForAll @IntRange(min = 1, max = 33) int width,
            @ForAll @IntRange(min = 1, max = 17) int height,
            @ForAll @IntRange(max = 9) int padding,
            @ForAll long seed)
            throws FrameRejectedException {
        int halfWidth = (width + 1) / 2;
        int halfHeight = (height + 1) / 2;
        byte[] y = noise(seed, (width + padding) * height);
        byte[] u = noise(seed + 1, (halfWidth + padding) * halfHeight);
        byte[] v = noise(seed + 2, (halfWidth + padding) * halfHeight);
        FrameFormat format = new FrameFormat(PixelFormat.I420, width, height, ColorMatrix.BT709, ColorRange.LIMITED);

        byte[] rgb =
                decode(format, plane(y, width + padding), plane(u, halfWidth + padding), plane(v, halfWidth + padding));

        for (int i = 0; i < width * height; i++) {
            int chroma = i / width / 2 * (halfWidth + padding) + i % width / 2;
            double[] exact = exact(format, y[i / width * (width + padding) + i % width], u[chroma], v[chroma]);
            for (int c = 0; c < 3; c++) {
                assertThat((double) (rgb[3 * i + c] & 0xff)).isCloseTo(exact[c], within(TOLERANCE));
            }
        }
        FrameFormat nv12 = new FrameFormat(PixelFormat.NV12, width, height, ColorMatrix.BT709, ColorRange.LIMITED);
        assertThat(decode(nv12, plane(y, width + padding), plane(interleaved(u, v), 2 * (halfWidth + padding))))
                .isEqualTo(rgb);
    }

    private static byte[] interleaved(byte[] u, byte[] v) {
        byte[] both = new byte[2 * u.length];
        for (int i = 0; i < u.length; i++) {
            both[2 * i] = u[i];
            both[2 * i + 1] = v[i];
        }
        return both;
    }

    private static byte[] noise(long seed, int length) {
        byte[] noise = new byte[length];
        new Random(seed).nextBytes(noise);
        return noise;
    }

    private static FramePlane plane(byte[] data, int stride) {
        return new FramePlane(ByteBuffer.wrap(data), stride);
    }

    private static byte[] decode(FrameFormat format, FramePlane... planes) throws FrameRejectedException {
        Picture picture = new Picture();
        new RawDecoder().decode(new SizeCheck(format, FrameLimits.DEFAULT), List.of(planes), picture);
        return JpegDecoderTest.pixels(picture);
    }

    /** Returns R'G'B' of Y'CbCr as ITU-R BT.601 and BT.709 define it, scaled to 0..255 and clamped. */
    private static double[] exact(FrameFormat format, byte y, byte u, byte v) {
        boolean full = format.colorRange() == ColorRange.FULL;
        double kr = format.colorMatrix() == ColorMatrix.BT709 ? 0.2126 : 0.299;
        double kb = format.colorMatrix() == ColorMatrix.BT709 ? 0.0722 : 0.114;
        double luma = full ? (y & 0xff) / 255.0 : ((y & 0xff) - 16) / 219.0;
        double cb = ((u & 0xff) - 128) / (full ? 255.0 : 224.0);
        double cr = ((v & 0xff) - 128) / (full ? 255.0 : 224.0);
        double red = luma + 2 * (1 - kr) * cr;
        double blue = luma + 2 * (1 - kb) * cb;
        double green = (luma - kr * red - kb * blue) / (1 - kr - kb);
        return new double[] {clamped(red), clamped(green), clamped(blue)};
    }

    private static double clamped(double value) {
        return Math.clamp(value * 255, 0, 255);
    }
}
