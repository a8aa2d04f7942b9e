package io.scopegate.trainer.dataset;

import io.scopegate.bundle.frame.Picture;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;

/** Draws a picture on three planes of 256 x 256 values 0..255, rows from top to bottom, and changes it there. */
final class Canvas {

    static final int SIDE = 256;

    private static final int PLANE = SIDE * SIDE;
    private static final double[] LUMA = {0.299, 0.587, 0.114};
    private static final float WHITE = 255;
    private static final int LINE_PITCH = 8;

    private final float[] values = new float[Picture.CHANNELS * PLANE];
    private final float[] line = new float[SIDE];
    private final Picture picture = new Picture();

    /** A rotated rectangle of the picture, in its pixels; the angle is in radians. */
    record View(double centerX, double centerY, double width, double height, double angle) {}

    /** A change of colour: a factor for each channel, a factor for the distance from grey, and an exponent. */
    record Color(double[] gains, double saturation, double gamma) {}

    /** An ellipse, in fractions of the canvas, and the value of everything outside it. */
    record Disc(double centerX, double centerY, double radiusX, double radiusY, double around) {}

    /**
     * A straight edge across the canvas: the direction of the side beyond it, in radians, and its distance from the
     * centre as a fraction of the canvas.
     */
    record Edge(double direction, double distance) {}

    /** A rectangle, in fractions of the canvas. */
    record Panel(double left, double top, double width, double height, double[] color) {}

    /**
     * Fills the canvas with a view of a picture, by bilinear sampling. Positions outside the picture repeat its border.
     */
    void sample(Picture source, View view) {
        sample(source, view, k -> true);
    }

    /** Fills only the part of the canvas beyond an edge, in the same way. */
    void sampleBeyond(Edge edge, Picture source, View view) {
        double right = Math.cos(edge.direction);
        double down = Math.sin(edge.direction);
        sample(source, view, k -> centered(k % SIDE) * right + centered(k / SIDE) * down > edge.distance);
    }

    /** Returns the centre of a pixel along a side, from -0.5 to 0.5. */
    private static double centered(int place) {
        return (place + 0.5) / SIDE - 0.5;
    }

    private void sample(Picture source, View view, IntPredicate wanted) {
        double cosine = Math.cos(view.angle);
        double sine = Math.sin(view.angle);
        for (int k = 0; k < PLANE; k++) {
            if (!wanted.test(k)) {
                continue;
            }
            double right = centered(k % SIDE) * view.width;
            double down = centered(k / SIDE) * view.height;
            double x = view.centerX + cosine * right - sine * down - 0.5;
            double y = view.centerY + sine * right + cosine * down - 0.5;
            sample(source, k, Math.clamp(x, 0, source.width() - 1.0), Math.clamp(y, 0, source.height() - 1.0));
        }
    }

    private void sample(Picture source, int k, double x, double y) {
        int left = (int) x;
        int top = (int) y;
        int right = Math.min(left + 1, source.width() - 1);
        int bottom = Math.min(top + 1, source.height() - 1);
        float across = (float) (x - left);
        float down = (float) (y - top);
        byte[] rgb = source.rgb();
        int pitch = source.width();
        for (int channel = 0; channel < Picture.CHANNELS; channel++) {
            float upper = mix(
                    rgb[(top * pitch + left) * 3 + channel] & 0xff,
                    rgb[(top * pitch + right) * 3 + channel] & 0xff,
                    across);
            float lower = mix(
                    rgb[(bottom * pitch + left) * 3 + channel] & 0xff,
                    rgb[(bottom * pitch + right) * 3 + channel] & 0xff,
                    across);
            values[channel * PLANE + k] = mix(upper, lower, down);
        }
    }

    private static float mix(float first, float second, float weight) {
        return first + (second - first) * weight;
    }

    void color(Color color) {
        float[] curve = new float[SIDE];
        for (int v = 0; v < SIDE; v++) {
            curve[v] = (float) (WHITE * Math.pow(v / WHITE, color.gamma));
        }
        for (int k = 0; k < PLANE; k++) {
            double luma = LUMA[0] * values[k] + LUMA[1] * values[PLANE + k] + LUMA[2] * values[2 * PLANE + k];
            for (int channel = 0; channel < Picture.CHANNELS; channel++) {
                int at = channel * PLANE + k;
                double value = (luma + color.saturation * (values[at] - luma)) * color.gains[channel];
                values[at] = curve[(int) Math.clamp(value, 0, WHITE)];
            }
        }
    }

    /**
     * Rotates all hues by an angle in radians and multiplies the chroma by a strength, in the I and Q plane of YIQ.
     * Greys do not change.
     */
    void turnHues(double angle, double strength) {
        double cosine = strength * Math.cos(angle);
        double sine = strength * Math.sin(angle);
        for (int k = 0; k < PLANE; k++) {
            double red = values[k];
            double green = values[PLANE + k];
            double blue = values[2 * PLANE + k];
            double luma = LUMA[0] * red + LUMA[1] * green + LUMA[2] * blue;
            double inPhase = 0.595716 * red - 0.274453 * green - 0.321263 * blue;
            double quadrature = 0.211456 * red - 0.522591 * green + 0.311135 * blue;
            double i = cosine * inPhase - sine * quadrature;
            double q = sine * inPhase + cosine * quadrature;
            values[k] = value(luma + 0.9563 * i + 0.6210 * q);
            values[PLANE + k] = value(luma - 0.2721 * i - 0.6474 * q);
            values[2 * PLANE + k] = value(luma - 1.1070 * i + 1.7046 * q);
        }
    }

    private static float value(double value) {
        return (float) Math.clamp(value, 0, WHITE);
    }

    /** Darkens the picture along a direction in radians, down to a factor of {@code 1 - depth} at the far end. */
    void shade(double direction, double depth) {
        double stepX = Math.cos(direction) / SIDE;
        double stepY = Math.sin(direction) / SIDE;
        for (int k = 0; k < PLANE; k++) {
            double along = 0.5 + (k % SIDE - SIDE / 2) * stepX + (k / SIDE - SIDE / 2) * stepY;
            multiply(k, (float) (1 - depth * Math.clamp(along, 0, 1)));
        }
    }

    private void multiply(int k, float factor) {
        for (int channel = 0; channel < Picture.CHANNELS; channel++) {
            values[channel * PLANE + k] *= factor;
        }
    }

    /** Adds an overexposed spot; centre and radius are fractions of the canvas. */
    void glare(double centerX, double centerY, double radius) {
        for (int k = 0; k < PLANE; k++) {
            double x = (k % SIDE / (double) SIDE - centerX) / radius;
            double y = (k / SIDE / (double) SIDE - centerY) / radius;
            float light = (float) (WHITE * Math.exp(-x * x - y * y));
            for (int channel = 0; channel < Picture.CHANNELS; channel++) {
                values[channel * PLANE + k] = Math.min(WHITE, values[channel * PLANE + k] + light);
            }
        }
    }

    /** Replaces each value by the mean over a square with a side of {@code 2 radius + 1} pixels. */
    void blur(int radius) {
        for (int first = 0; first < values.length; first += SIDE) {
            blurLine(first, 1, radius);
        }
        for (int plane = 0; plane < values.length; plane += PLANE) {
            for (int column = 0; column < SIDE; column++) {
                blurLine(plane + column, SIDE, radius);
            }
        }
    }

    private void blurLine(int first, int step, int radius) {
        for (int i = 0; i < SIDE; i++) {
            line[i] = values[first + i * step];
        }
        float sum = 0;
        for (int i = -radius; i <= radius; i++) {
            sum += line[Math.clamp(i, 0, SIDE - 1)];
        }
        for (int i = 0; i < SIDE; i++) {
            values[first + i * step] = sum / (2 * radius + 1);
            sum += line[Math.min(i + radius + 1, SIDE - 1)] - line[Math.max(i - radius, 0)];
        }
    }

    void surround(Disc disc) {
        for (int k = 0; k < PLANE; k++) {
            double x = (k % SIDE / (double) SIDE - disc.centerX) / disc.radiusX;
            double y = (k / SIDE / (double) SIDE - disc.centerY) / disc.radiusY;
            if (x * x + y * y > 1) {
                for (int channel = 0; channel < Picture.CHANNELS; channel++) {
                    values[channel * PLANE + k] = (float) disc.around;
                }
            }
        }
    }

    /** Draws a plain rectangle with lines that look like text. */
    void panel(Panel panel, RandomGenerator random) {
        int left = (int) (panel.left * SIDE);
        int right = (int) ((panel.left + panel.width) * SIDE);
        int top = (int) (panel.top * SIDE);
        int bottom = (int) ((panel.top + panel.height) * SIDE);
        for (int y = top; y < bottom; y++) {
            boolean text = (y - top) % LINE_PITCH > LINE_PITCH / 2;
            for (int x = left; x < right; x++) {
                boolean written = text && x > left + 2 && random.nextInt(3) == 0;
                for (int channel = 0; channel < Picture.CHANNELS; channel++) {
                    values[channel * PLANE + y * SIDE + x] = written ? WHITE : (float) panel.color[channel];
                }
            }
        }
    }

    /**
     * Returns the canvas as a picture, valid until the next call. Values are rounded up or down at random, so that dark
     * areas get no bias.
     */
    Picture toPicture(RandomGenerator random) {
        byte[] rgb = picture.reset(SIDE, SIDE);
        Arrays.fill(rgb, (byte) 0);
        for (int k = 0; k < PLANE; k++) {
            for (int channel = 0; channel < Picture.CHANNELS; channel++) {
                float value = values[channel * PLANE + k] + random.nextFloat();
                rgb[k * Picture.CHANNELS + channel] = (byte) (int) Math.clamp(value, 0, WHITE);
            }
        }
        return picture;
    }
}
