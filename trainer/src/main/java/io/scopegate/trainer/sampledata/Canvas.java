package io.scopegate.trainer.sampledata;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;

/**
 * The light that reaches the sensor: three floats per pixel (red, green, blue), 0 to 1 within the sensor's range and
 * above 1 where the picture is overexposed.
 *
 * <p>Owned by the one thread that renders the frame.
 */
final class Canvas {
    final int width;
    final int height;
    /** Length 3 * width * height. */
    final float[] rgb;

    Canvas(int width, int height) {
        this.width = width;
        this.height = height;
        this.rgb = new float[3 * width * height];
    }

    void fill(Colour colour) {
        for (int i = 0; i < rgb.length; i += 3) {
            set(i, colour);
        }
    }

    /** Sets the pixel whose red value is at this offset. */
    void set(int offset, Colour colour) {
        rgb[offset] = colour.red();
        rgb[offset + 1] = colour.green();
        rgb[offset + 2] = colour.blue();
    }

    void scale(int offset, float factor) {
        rgb[offset] *= factor;
        rgb[offset + 1] *= factor;
        rgb[offset + 2] *= factor;
    }

    void blend(int offset, Colour colour, float share) {
        rgb[offset] += share * (colour.red() - rgb[offset]);
        rgb[offset + 1] += share * (colour.green() - rgb[offset + 1]);
        rgb[offset + 2] += share * (colour.blue() - rgb[offset + 2]);
    }

    /** Replaces the contents with an opaque drawing of the same size. */
    void take(BufferedImage drawing) {
        int[] pixels = pixels(drawing);
        for (int i = 0; i < pixels.length; i++) {
            rgb[3 * i] = (pixels[i] >> 16 & 255) * (1 / 255f);
            rgb[3 * i + 1] = (pixels[i] >> 8 & 255) * (1 / 255f);
            rgb[3 * i + 2] = (pixels[i] & 255) * (1 / 255f);
        }
    }

    /** Brightens whatever was drawn in pure white, so that it looks like a light source. */
    void glow() {
        for (int i = 0; i < rgb.length; i += 3) {
            if (Math.min(rgb[i], Math.min(rgb[i + 1], rgb[i + 2])) > 0.98f) {
                scale(i, 2.5f);
            }
        }
    }

    /** Draws a premultiplied drawing of the same size over the picture, lit by the lamp as at this height. */
    void lay(BufferedImage layer, Headlight lamp, float above) {
        int[] pixels = pixels(layer);
        for (int i = 0; i < pixels.length; i++) {
            int pixel = pixels[i];
            if (pixel != 0) {
                float keep = 1 - (pixel >>> 24) * (1 / 255f);
                float gain = lamp.at(screenX(i % width), screenY(i / width), above) * (1 / 255f);
                rgb[3 * i] = keep * rgb[3 * i] + (pixel >> 16 & 255) * gain;
                rgb[3 * i + 1] = keep * rgb[3 * i + 1] + (pixel >> 8 & 255) * gain;
                rgb[3 * i + 2] = keep * rgb[3 * i + 2] + (pixel & 255) * gain;
            }
        }
    }

    /** Returns the horizontal position of a column in frame heights, 0 in the middle of the frame. */
    double screenX(int column) {
        return (column + 0.5 - width * 0.5) / height;
    }

    /** Returns the vertical position of a row in frame heights, 0 in the middle of the frame. */
    double screenY(int row) {
        return (row + 0.5) / height - 0.5;
    }

    static int[] pixels(BufferedImage image) {
        return ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
    }
}
