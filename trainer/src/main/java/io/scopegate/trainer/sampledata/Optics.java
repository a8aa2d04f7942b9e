package io.scopegate.trainer.sampledata;

import java.awt.image.BufferedImage;
import java.util.SplittableRandom;

/**
 * Turns a scene into a frame, in the same way for both classes: lens, sensor, round border, overlay, compression.
 *
 * @param sharpness pixels of the painted scene per pixel of the frame, 0.5 to 1
 * @param lens blur and droplets
 * @param sensor exposure and noise
 * @param vignette round border
 * @param overlay what the tower prints over the picture
 * @param quality JPEG quality of a transmission before the frame is stored, 1 for none
 */
record Optics(double sharpness, Lens lens, Sensor sensor, Vignette vignette, Overlay overlay, double quality) {

    /** What the sensor needs to know of the lens in front of it, and the noise tiles. */
    record Front(double barrel, Noise noise) {}

    static Optics draw(SplittableRandom random, double aspect) {
        return new Optics(
                random.nextDouble(0.55, 1),
                Lens.draw(random),
                Sensor.draw(random),
                Vignette.draw(random, aspect),
                Overlay.draw(random),
                random.nextInt(6) == 0 ? random.nextDouble(0.2, 0.6) : 1);
    }

    /** Returns the same tower and scope with another lens state, for the next scene of a clip. */
    Optics refocused(Lens other) {
        return new Optics(sharpness, other, sensor, vignette, overlay, quality);
    }

    /** Returns the same optics with the sensor noise of another moment. */
    Optics withGrain(int moment) {
        return new Optics(sharpness, lens, sensor.withGrain(moment), vignette, overlay, quality);
    }

    BufferedImage film(Scene scene, View view, FrameSize size, Noise noise) {
        Canvas canvas =
                new Canvas((int) Math.round(size.width() * sharpness), (int) Math.round(size.height() * sharpness));
        scene.paint(canvas, view);
        lens.project(canvas);
        BufferedImage image = sensor.expose(canvas, size, vignette, new Front(lens.barrel(), noise));
        overlay.print(image);
        return quality < 1 ? JpegImages.recompressed(image, quality) : image;
    }
}
