package io.scopegate.trainer.sampledata;

import java.util.SplittableRandom;

/**
 * Precomputed seamless noise tiles that all scenes share. A pixel costs one look-up instead of several octaves of
 * noise.
 *
 * <p>One unit of u or v is one cell of the lowest octave; the pattern repeats after {@value #CELLS} units. Immutable,
 * safe for any number of threads.
 */
final class Noise {
    private static final int SIZE = 512;
    private static final int MASK = SIZE - 1;
    private static final int CELLS = 8;
    private static final double TEXELS_PER_UNIT = (double) SIZE / CELLS;
    /** An offset that keeps texel coordinates positive, so that truncation rounds down. */
    private static final double POSITIVE = 1 << 24;

    private final float[] smooth;
    private final float[] fractal;
    private final float[] cells;
    private final float[] grain;

    Noise() {
        SplittableRandom random = new SplittableRandom(0x5eed_5c09eL);
        smooth = octaves(random, 2, 0.4);
        fractal = octaves(random, 5, 0.6);
        cells = cellDistances(random);
        grain = gaussians(random);
    }

    /** Returns noise of two octaves, about -1 to 1, for warps, folds and vessels. */
    float smooth(double u, double v) {
        return sample(smooth, u, v);
    }

    /** Returns noise of five octaves, about -1 to 1, for mottling and surface roughness. */
    float fractal(double u, double v) {
        return sample(fractal, u, v);
    }

    /**
     * Returns the distance to the nearest of scattered points, 0 at a point and about 1 midway, for lobules, bubbles
     * and stones.
     */
    float cells(double u, double v) {
        return sample(cells, u, v);
    }

    /** Returns a standard normal value that depends on the index alone. */
    float grain(int index) {
        return grain[index & (grain.length - 1)];
    }

    /**
     * Approximates the sine by two parabolas: off by at most 0.001 and several times cheaper, for angles up to a
     * million.
     */
    static double wave(double radians) {
        double turns = radians * (0.5 / Math.PI) + (1 << 20);
        double part = (turns - (int) turns) * 2 - 1;
        double coarse = -4 * part * (1 - Math.abs(part));
        return coarse * (0.775 + 0.225 * Math.abs(coarse));
    }

    private static float sample(float[] tile, double u, double v) {
        double x = u * TEXELS_PER_UNIT + POSITIVE;
        double y = v * TEXELS_PER_UNIT + POSITIVE;
        int left = (int) x;
        int top = (int) y;
        float fx = (float) (x - left);
        float fy = (float) (y - top);
        int row = (top & MASK) * SIZE;
        int below = ((top + 1) & MASK) * SIZE;
        int column = left & MASK;
        int right = (left + 1) & MASK;
        float upper = tile[row + column] + fx * (tile[row + right] - tile[row + column]);
        float lower = tile[below + column] + fx * (tile[below + right] - tile[below + column]);
        return upper + fy * (lower - upper);
    }

    private static float[] octaves(SplittableRandom random, int count, double gain) {
        float[] sum = new float[SIZE * SIZE];
        double amplitude = 1;
        for (int octave = 0; octave < count; octave++) {
            addOctave(sum, CELLS << octave, amplitude, random);
            amplitude *= gain;
        }
        return normalised(sum);
    }

    private static void addOctave(float[] sum, int cells, double amplitude, SplittableRandom random) {
        double[] slopes = new double[cells * cells * 2];
        for (int corner = 0; corner < cells * cells; corner++) {
            double angle = random.nextDouble(2 * Math.PI);
            slopes[2 * corner] = StrictMath.cos(angle) * amplitude;
            slopes[2 * corner + 1] = StrictMath.sin(angle) * amplitude;
        }
        double step = (double) cells / SIZE;
        for (int y = 0; y < SIZE; y++) {
            for (int x = 0; x < SIZE; x++) {
                sum[y * SIZE + x] += (float) gradientNoise(slopes, cells, x * step, y * step);
            }
        }
    }

    private static double gradientNoise(double[] slopes, int cells, double x, double y) {
        int left = (int) x;
        int top = (int) y;
        double fx = x - left;
        double fy = y - top;
        double sx = fx * fx * fx * (fx * (fx * 6 - 15) + 10);
        double sy = fy * fy * fy * (fy * (fy * 6 - 15) + 10);
        int right = (left + 1) % cells;
        int bottom = (top + 1) % cells;
        double upper = mix(dot(slopes, top * cells + left, fx, fy), dot(slopes, top * cells + right, fx - 1, fy), sx);
        double lower = mix(
                dot(slopes, bottom * cells + left, fx, fy - 1),
                dot(slopes, bottom * cells + right, fx - 1, fy - 1),
                sx);
        return mix(upper, lower, sy);
    }

    private static double dot(double[] slopes, int corner, double dx, double dy) {
        return slopes[2 * corner] * dx + slopes[2 * corner + 1] * dy;
    }

    private static double mix(double from, double to, double share) {
        return from + share * (to - from);
    }

    private static float[] normalised(float[] values) {
        double squares = 0;
        for (float value : values) {
            squares += value * value;
        }
        float scale = (float) (0.42 / Math.sqrt(squares / values.length));
        for (int i = 0; i < values.length; i++) {
            values[i] *= scale;
        }
        return values;
    }

    private static float[] cellDistances(SplittableRandom random) {
        int count = CELLS * 2;
        double pitch = (double) SIZE / count;
        double[] points = new double[count * count * 2];
        for (int i = 0; i < points.length; i++) {
            points[i] = random.nextDouble(pitch);
        }
        float[] distances = new float[SIZE * SIZE];
        for (int y = 0; y < SIZE; y++) {
            for (int x = 0; x < SIZE; x++) {
                distances[y * SIZE + x] = (float) (nearestPoint(points, count, x, y) * 1.4 / pitch);
            }
        }
        return distances;
    }

    private static double nearestPoint(double[] points, int count, double x, double y) {
        double pitch = (double) SIZE / count;
        int column = (int) (x / pitch);
        int row = (int) (y / pitch);
        double best = Double.MAX_VALUE;
        for (int r = row - 1; r <= row + 1; r++) {
            for (int c = column - 1; c <= column + 1; c++) {
                int point = 2 * (Math.floorMod(r, count) * count + Math.floorMod(c, count));
                double dx = c * pitch + points[point] - x;
                double dy = r * pitch + points[point + 1] - y;
                best = Math.min(best, dx * dx + dy * dy);
            }
        }
        return Math.sqrt(best);
    }

    private static float[] gaussians(SplittableRandom random) {
        float[] values = new float[1 << 16];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
