package io.scopegate.trainer.sampledata;

import java.awt.image.BufferedImage;
import java.util.SplittableRandom;

/**
 * Turns light into pixels: exposure, colour cast, tone curve, noise and the scope's round border.
 *
 * @param level mean of the brightest channel that the exposure control aims at, 0 to 1
 * @param cast gain of each channel
 * @param saturation 1 leaves colours unchanged
 * @param gamma exponent of the tone curve
 * @param grain standard deviation of the noise in 8-bit steps
 * @param seed where in the noise table the frame starts
 */
record Sensor(double level, Colour cast, double saturation, double gamma, double grain, int seed) {
    private static final int STEPS = 1024;
    private static final float STEPS_PER_UNIT = STEPS / 3f;

    static Sensor draw(SplittableRandom random) {
        double level = random.nextDouble(0.38, 0.66);
        if (random.nextInt(8) == 0) {
            level *= random.nextBoolean() ? random.nextDouble(0.4, 0.8) : random.nextDouble(1.2, 1.7);
        }
        boolean tinted = random.nextInt(5) == 0;
        boolean harsh = random.nextInt(10) == 0;
        return new Sensor(
                level,
                Colour.WHITE.varied(random, tinted ? 0.4 : 0.12),
                harsh ? random.nextDouble(1.4, 2) : random.nextDouble(0.75, 1.3),
                harsh ? random.nextDouble(1.3, 1.9) : random.nextDouble(0.8, 1.2),
                random.nextDouble(0.5, 4) * random.nextDouble(0.5, 1.5),
                random.nextInt());
    }

    Sensor withGrain(int moment) {
        return new Sensor(level, cast, saturation, gamma, grain, seed + moment * 7919);
    }

    /** Converts the canvas into a frame of this size. */
    BufferedImage expose(Canvas canvas, FrameSize size, Vignette vignette, Optics.Front front) {
        BufferedImage image = new BufferedImage(size.width(), size.height(), BufferedImage.TYPE_INT_RGB);
        int[] pixels = Canvas.pixels(image);
        float[] curve = curve(gain(canvas));
        float[] colour = new float[3];
        for (int row = 0; row < size.height(); row++) {
            double y = (row + 0.5) / size.height() - 0.5;
            for (int column = 0; column < size.width(); column++) {
                double x = (column + 0.5 - size.width() * 0.5) / size.height();
                float mask = vignette.mask(x, y);
                int i = row * size.width() + column;
                if (mask > 0) {
                    double bow = 1 + front.barrel() * (x * x + y * y - 0.5);
                    sample(canvas, x * bow, y * bow, colour);
                    grade(colour, curve);
                }
                pixels[i] = pixel(colour, mask, (float) vignette.black() * 255, front.noise(), i + seed);
            }
        }
        return image;
    }

    /**
     * Returns the gain of the exposure control, which brings the picture towards the level. The gain is limited, so
     * that darkness stays dark.
     */
    private double gain(Canvas canvas) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < canvas.rgb.length - 2; i += 3 * 7) {
            sum += Math.min(1.2f, Math.max(canvas.rgb[i], Math.max(canvas.rgb[i + 1], canvas.rgb[i + 2])));
            count++;
        }
        double mean = Math.max(1e-3, sum / count);
        return Math.clamp(Math.pow(level / mean, 0.8), 0.45, 2.2);
    }

    private float[] curve(double gain) {
        float[] curve = new float[STEPS + 2];
        for (int step = 0; step < curve.length; step++) {
            double value = StrictMath.pow(step / (double) STEPS_PER_UNIT * gain, gamma);
            double shown = value < 0.75 ? value : 1.02 - 0.27 * StrictMath.exp((0.75 - value) / 0.27);
            curve[step] = (float) (255 * shown);
        }
        return curve;
    }

    private static void sample(Canvas canvas, double screenX, double screenY, float[] colour) {
        float x = within((float) (screenX * canvas.height + canvas.width * 0.5 - 0.5), canvas.width - 1.001f);
        float y = within((float) (screenY * canvas.height + canvas.height * 0.5 - 0.5), canvas.height - 1.001f);
        int at = 3 * ((int) y * canvas.width + (int) x);
        int below = at + 3 * canvas.width;
        float fx = x - (int) x;
        float fy = y - (int) y;
        float both = fx * fy;
        float right = fx - both;
        float lower = fy - both;
        float left = 1 - fx - lower;
        float[] rgb = canvas.rgb;
        colour[0] = rgb[at] * left + rgb[at + 3] * right + rgb[below] * lower + rgb[below + 3] * both;
        colour[1] = rgb[at + 1] * left + rgb[at + 4] * right + rgb[below + 1] * lower + rgb[below + 4] * both;
        colour[2] = rgb[at + 2] * left + rgb[at + 5] * right + rgb[below + 2] * lower + rgb[below + 5] * both;
    }

    /** Clamps to 0 to {@code greatest}; cheaper than {@code Math.clamp}, which also handles NaN. */
    private static float within(float value, float greatest) {
        return value < 0 ? 0 : value > greatest ? greatest : value;
    }

    private void grade(float[] colour, float[] curve) {
        float red = curve[step(colour[0] * cast.red())];
        float green = curve[step(colour[1] * cast.green())];
        float blue = curve[step(colour[2] * cast.blue())];
        float grey = 0.3f * red + 0.59f * green + 0.11f * blue;
        float share = (float) saturation;
        colour[0] = grey + share * (red - grey);
        colour[1] = grey + share * (green - grey);
        colour[2] = grey + share * (blue - grey);
    }

    private static int step(float value) {
        return Math.min(STEPS, Math.max(0, (int) (value * STEPS_PER_UNIT)));
    }

    private int pixel(float[] colour, float mask, float black, Noise noise, int index) {
        float common = (float) grain * (0.3f + 0.7f * mask);
        float shared = common * noise.grain(index);
        float own = 0.5f * common;
        float floor = black * (1 - mask) + shared;
        return eightBit(colour[0] * mask + floor + own * noise.grain(index + 20011)) << 16
                | eightBit(colour[1] * mask + floor + own * noise.grain(index + 37003)) << 8
                | eightBit(colour[2] * mask + floor + own * noise.grain(index + 51001));
    }

    private static int eightBit(float value) {
        return Math.min(255, Math.max(0, (int) (value + 0.5f)));
    }
}
