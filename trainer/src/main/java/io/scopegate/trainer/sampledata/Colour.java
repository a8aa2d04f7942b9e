package io.scopegate.trainer.sampledata;

import java.awt.Color;
import java.util.SplittableRandom;

/**
 * A colour as the camera would encode it, 0 to 1 per channel; values above 1 are brighter than the camera can show.
 *
 * @param red red
 * @param green green
 * @param blue blue
 */
record Colour(float red, float green, float blue) {
    static final Colour BLACK = new Colour(0, 0, 0);
    static final Colour WHITE = new Colour(1, 1, 1);

    static Colour of(double red, double green, double blue) {
        return new Colour((float) red, (float) green, (float) blue);
    }

    /** Returns the colour of a 0xRRGGBB value. */
    static Colour hex(int rgb) {
        return of((rgb >> 16 & 255) / 255.0, (rgb >> 8 & 255) / 255.0, (rgb & 255) / 255.0);
    }

    /** Returns the colour of this hue, saturation and value, each 0 to 1; a hue beyond that range wraps around. */
    static Colour hue(double hue, double saturation, double value) {
        int rgb = Color.HSBtoRGB((float) hue, (float) saturation, (float) value);
        return hex(rgb & 0xffffff);
    }

    Colour mix(Colour other, double share) {
        float s = (float) share;
        return new Colour(
                red + s * (other.red - red), green + s * (other.green - green), blue + s * (other.blue - blue));
    }

    Colour times(double factor) {
        return of(red * factor, green * factor, blue * factor);
    }

    /** Returns a random variation: overall brightness and each channel change by up to this share. */
    Colour varied(SplittableRandom random, double share) {
        double brightness = random.nextDouble(1 - share, 1 + share);
        return of(
                red * brightness * random.nextDouble(1 - share / 2, 1 + share / 2),
                green * brightness * random.nextDouble(1 - share / 2, 1 + share / 2),
                blue * brightness * random.nextDouble(1 - share / 2, 1 + share / 2));
    }

    Color paint() {
        return paint(1);
    }

    Color paint(double opacity) {
        return new Color(clamped(red), clamped(green), clamped(blue), clamped((float) opacity));
    }

    private static float clamped(float value) {
        return Math.clamp(value, 0f, 1f);
    }
}
