package io.scopegate.bundle.decode;

import io.scopegate.bundle.frame.ColorMatrix;
import io.scopegate.bundle.frame.ColorRange;
import io.scopegate.bundle.frame.FrameFormat;
import java.util.List;

/** One row of a YUV frame as three arrays. Each pair of pixels shares a U and a V. Not thread-safe. */
final class YuvRow {

    private final int width;
    private final byte[] luma;
    private final byte[] u;
    private final byte[] v;
    private final YuvToRgb conversion;

    YuvRow(int width) {
        this(width, YuvToRgb.of(ColorMatrix.BT709, ColorRange.LIMITED));
    }

    private YuvRow(int width, YuvToRgb conversion) {
        this.width = width;
        this.luma = new byte[(width + 1) / 2 * 2];
        this.u = new byte[luma.length / 2];
        this.v = new byte[luma.length / 2];
        this.conversion = conversion;
    }

    /** Returns this row if it fits the format, otherwise a new one. */
    YuvRow orFor(FrameFormat format) {
        YuvToRgb wanted = YuvToRgb.of(format.colorMatrix(), format.colorRange());
        return width == format.width() && conversion.equals(wanted) ? this : new YuvRow(format.width(), wanted);
    }

    YuvRow readI420(List<PlaneRows> planes, int y) {
        planes.get(0).copy(y, luma);
        planes.get(1).copy(y / 2, u);
        planes.get(2).copy(y / 2, v);
        return this;
    }

    YuvRow readNv12(List<PlaneRows> planes, int y, byte[] scratch) {
        planes.get(0).copy(y, luma);
        planes.get(1).copy(y / 2, scratch);
        for (int pair = 0; pair < u.length; pair++) {
            u[pair] = scratch[2 * pair];
            v[pair] = scratch[2 * pair + 1];
        }
        return this;
    }

    YuvRow readUyvy(byte[] row) {
        for (int pair = 0; pair < u.length; pair++) {
            u[pair] = row[4 * pair];
            luma[2 * pair] = row[4 * pair + 1];
            v[pair] = row[4 * pair + 2];
            luma[2 * pair + 1] = row[4 * pair + 3];
        }
        return this;
    }

    /** Writes the row's pixels, the first at index {@code to}. */
    void write(byte[] rgb, int to) {
        for (int pair = 0; pair < width / 2; pair++) {
            int red = conversion.red(v[pair]);
            int green = conversion.green(u[pair], v[pair]);
            int blue = conversion.blue(u[pair]);
            int first = conversion.luma(luma[2 * pair]);
            int second = conversion.luma(luma[2 * pair + 1]);
            int at = to + 6 * pair;
            rgb[at] = YuvToRgb.level(first + red);
            rgb[at + 1] = YuvToRgb.level(first + green);
            rgb[at + 2] = YuvToRgb.level(first + blue);
            rgb[at + 3] = YuvToRgb.level(second + red);
            rgb[at + 4] = YuvToRgb.level(second + green);
            rgb[at + 5] = YuvToRgb.level(second + blue);
        }
        if (width % 2 == 1) {
            writeLast(rgb, to + 3 * (width - 1));
        }
    }

    private void writeLast(byte[] rgb, int at) {
        int pair = width / 2;
        int last = conversion.luma(luma[width - 1]);
        rgb[at] = YuvToRgb.level(last + conversion.red(v[pair]));
        rgb[at + 1] = YuvToRgb.level(last + conversion.green(u[pair], v[pair]));
        rgb[at + 2] = YuvToRgb.level(last + conversion.blue(u[pair]));
    }
}
