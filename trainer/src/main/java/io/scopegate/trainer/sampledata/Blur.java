package io.scopegate.trainer.sampledata;

import java.util.Arrays;

/** Blurs. Box blurs use running sums, so their cost does not grow with the radius. */
final class Blur {
    private Blur() {}

    /**
     * Returns a new plane, blurred over 2 * radius + 1 pixels in both directions. Pixels beyond the border repeat the
     * border.
     */
    static float[] box(float[] plane, int width, int height, int radius) {
        float[] rows = new float[plane.length];
        for (int row = 0; row < height; row++) {
            line(plane, rows, new Line(row * width, 1, width), radius);
        }
        float[] result = new float[plane.length];
        for (int column = 0; column < width; column++) {
            line(rows, result, new Line(column, width, height), radius);
        }
        return result;
    }

    /** Blurs the picture in place with two box blurs, which come close to a lens that is out of focus. */
    static void defocus(Canvas canvas, int radius) {
        float[] other = new float[canvas.rgb.length];
        for (int pass = 0; pass < 2; pass++) {
            for (int row = 0; row < canvas.height; row++) {
                int start = 3 * row * canvas.width;
                pixels(canvas.rgb, other, new Line(start, 3, canvas.width), radius);
            }
            columns(other, canvas, radius);
        }
    }

    /** Sums all columns at once, one row at a time, so that memory is read in order. */
    private static void columns(float[] from, Canvas to, int radius) {
        int stride = 3 * to.width;
        float[] sums = new float[stride];
        float share = 1f / (2 * radius + 1);
        int last = to.height - 1;
        for (int k = -radius; k <= radius; k++) {
            add(sums, from, Math.clamp(k, 0, last) * stride, 1);
        }
        for (int row = 0; row <= last; row++) {
            for (int i = 0; i < stride; i++) {
                to.rgb[row * stride + i] = sums[i] * share;
            }
            add(sums, from, Math.min(last, row + radius + 1) * stride, 1);
            add(sums, from, Math.max(0, row - radius) * stride, -1);
        }
    }

    private static void add(float[] sums, float[] from, int start, float sign) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += sign * from[start + i];
        }
    }

    private static void pixels(float[] from, float[] to, Line line, int radius) {
        for (int channel = 0; channel < 3; channel++) {
            line(from, to, new Line(line.start + channel, line.step, line.length), radius);
        }
    }

    private static void line(float[] from, float[] to, Line line, int radius) {
        float share = 1f / (2 * radius + 1);
        int last = line.length - 1;
        float sum = 0;
        for (int k = -radius; k <= radius; k++) {
            sum += from[line.start + Math.clamp(k, 0, last) * line.step];
        }
        for (int i = 0; i <= last; i++) {
            to[line.start + i * line.step] = sum * share;
            sum += from[line.start + Math.min(last, i + radius + 1) * line.step]
                    - from[line.start + Math.max(0, i - radius) * line.step];
        }
    }

    /** Blurs the picture in place along a straight motion of this many pixels. */
    static void motion(Canvas canvas, double dx, double dy) {
        int taps = Math.clamp((int) (Math.hypot(dx, dy) / 1.5), 3, 15);
        float[] source = canvas.rgb.clone();
        Arrays.fill(canvas.rgb, 0);
        for (int tap = 0; tap < taps; tap++) {
            double share = tap / (taps - 1.0) - 0.5;
            addShifted(canvas, source, (int) Math.round(dx * share), (int) Math.round(dy * share));
        }
        for (int i = 0; i < source.length; i++) {
            canvas.rgb[i] /= taps;
        }
    }

    private static void addShifted(Canvas canvas, float[] source, int dx, int dy) {
        for (int row = 0; row < canvas.height; row++) {
            int fromRow = Math.clamp(row + dy, 0, canvas.height - 1) * canvas.width;
            for (int column = 0; column < canvas.width; column++) {
                int from = 3 * (fromRow + Math.clamp(column + dx, 0, canvas.width - 1));
                int to = 3 * (row * canvas.width + column);
                canvas.rgb[to] += source[from];
                canvas.rgb[to + 1] += source[from + 1];
                canvas.rgb[to + 2] += source[from + 2];
            }
        }
    }

    private record Line(int start, int step, int length) {}
}
