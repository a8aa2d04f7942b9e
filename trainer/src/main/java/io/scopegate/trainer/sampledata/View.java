package io.scopegate.trainer.sampledata;

import java.awt.geom.AffineTransform;
import java.util.SplittableRandom;

/**
 * Where the camera looks, and when.
 *
 * <p>Scenes lie in a plane whose unit is the frame height; at zoom 1 the frame shows y from -0.5 to 0.5 around the
 * centre.
 *
 * @param centreX scene x in the middle of the frame
 * @param centreY scene y in the middle of the frame
 * @param zoom frame heights per scene unit
 * @param angle roll of the camera in radians
 * @param phase time in seconds, for what moves by itself (instruments, smoke)
 */
record View(double centreX, double centreY, double zoom, double angle, double phase) {
    static final View STILL = new View(0, 0, 1, 0, 0);

    /**
     * Returns the view of a camera that drifts slowly around the middle of the scene. Generators in the same state and
     * equal times give equal views.
     */
    static View drifting(SplittableRandom random, double seconds) {
        double x = 0.05 * wave(random, seconds) + 0.012 * wave(random, 4 * seconds);
        double y = 0.05 * wave(random, seconds) + 0.012 * wave(random, 4 * seconds);
        double zoom = 1 + 0.08 * wave(random, 0.7 * seconds);
        return new View(x, y, zoom, 0.06 * wave(random, 0.8 * seconds), seconds);
    }

    private static double wave(SplittableRandom random, double seconds) {
        return StrictMath.sin(seconds * random.nextDouble(0.7, 1.4) + random.nextDouble(6.28));
    }

    /** Returns the transform from scene coordinates to pixels of a picture of this size. */
    AffineTransform toPixels(int width, int height) {
        AffineTransform transform = AffineTransform.getTranslateInstance(width / 2.0, height / 2.0);
        transform.scale(height * zoom, height * zoom);
        transform.rotate(-angle);
        transform.translate(-centreX, -centreY);
        return transform;
    }

    /** Returns the affine map from pixels, at their centres, to scene coordinates. */
    Grid grid(int width, int height) {
        double step = 1 / (height * zoom);
        double cos = StrictMath.cos(angle) * step;
        double sin = StrictMath.sin(angle) * step;
        double left = 0.5 - width / 2.0;
        double top = 0.5 - height / 2.0;
        return new Grid(centreX + cos * left - sin * top, centreY + sin * left + cos * top, cos, sin);
    }

    /** Pixel (i, j) lies at x = originX + i * stepX - j * stepY, y = originY + i * stepY + j * stepX. */
    record Grid(double originX, double originY, double stepX, double stepY) {
        double x(int column, int row) {
            return originX + column * stepX - row * stepY;
        }

        double y(int column, int row) {
            return originY + column * stepY + row * stepX;
        }
    }
}
