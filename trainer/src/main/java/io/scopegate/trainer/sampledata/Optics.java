package io.scopegate.trainer.sampledata;

import java.awt.image.BufferedImage;
import java.util.SplittableRandom;

/**
 * The way from a scene to a frame, the same for both classes: lens, sensor, round border, overlay, compression.
 *
 * @param sharpness pixels of the painted scene per pixel of the frame, 0.5 to 1
 * @param lens blur and droplets
 * @param sensor exposure and noise
 * @param vignette round border
 * @param overlay what the tower prints over it
 * @param quality JPEG quality of the transmission before the frame is stored, 1 where there was none
 */
record Optics(double sharpness, Lens lens, Sensor sensor, Vignette vignette, Overlay overlay, double quality) {

    /** The glass in front of the sensor, as the sensor sees it. */
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

    /** The same tower and scope with another focus, for the next scene of a clip. */
    Optics refocused(Lens other) {
        return new Optics(sharpness, other, sensor, vignette, overlay, quality);
    }

    /** The same with the noise of another moment. */
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
