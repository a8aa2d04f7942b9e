package io.scopegate.trainer.dataset;

import io.scopegate.bundle.frame.Picture;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;

/** Three planes of 256 x 256 values 0..255 that a picture is drawn on and changed on. Rows from top to bottom. */
final class Canvas {

    static final int SIDE = 256;

    private static final int PLANE = SIDE * SIDE;
    private static final double[] LUMA = {0.299, 0.587, 0.114};
    private static final float WHITE = 255;
    private static final int LINE_PITCH = 8;

    private final float[] values = new float[Picture.CHANNELS * PLANE];
    private final float[] line = new float[SIDE];
    private final Picture picture = new Picture();

    /** A turned rectangle of the picture, in its pixels. */
    record View(double centerX, double centerY, double width, double height, double angle) {}

    /** Factors of the channels, then distance from gray, then an exponent. */
    record Color(double[] gains, double saturation, double gamma) {}

    /** An ellipse in parts of the canvas, and the value around it. */
    record Disc(double centerX, double centerY, double radiusX, double radiusY, double around) {}

    /** A line across the canvas: the direction that lies beyond it, and its distance from the centre in parts. */
    record Edge(double direction, double distance) {}

    /** A rectangle in parts of the canvas. */
    record Panel(double left, double top, double width, double height, double[] color) {}

    /** Fills the canvas with a view, bilinearly; positions outside repeat the border. */
    void sample(Picture source, View view) {
        sample(source, view, k -> true);
    }

    /** Fills what lies beyond an edge in the same way, and leaves the rest. */
    void sampleBeyond(Edge edge, Picture source, View view) {
        double right = Math.cos(edge.direction);
        double down = Math.sin(edge.direction);
        sample(source, view, k -> centered(k % SIDE) * right + centered(k / SIDE) * down > edge.distance);
    }

    /** From -0.5 to 0.5 along a side. */
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

    /** Turns all colours about gray by an angle and makes them stronger or weaker, in the plane of I and Q of YIQ. */
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

    /** Light falls off along a direction, to {@code 1 - depth} at the far end. */
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

    /** An overexposed spot; centre and radius in parts of the canvas. */
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

    /** Mean over a square of {@code 2 radius + 1}. */
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

    /** A plain rectangle with lines as of text. */
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

    /** The canvas as a picture; rounds at random, which adds no bias to dark areas. */
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
