package io.scopegate.trainer.sampledata;

import java.util.SplittableRandom;

/**
 * The light at the tip of the scope: bright where it points, weaker to the sides and with depth.
 *
 * <p>Coordinates are screen coordinates: the frame height is the unit, and the middle of the frame is the origin.
 *
 * @param x where the beam points, horizontally
 * @param y where the beam points, vertically
 * @param radius distance at which the beam has lost half its strength
 * @param ambient share of light that comes from everywhere, 0 for a closed cavity
 * @param distance from the tip to height 0 of the scene
 */
record Headlight(double x, double y, double radius, double ambient, double distance) {
    /** Draws a beam as it is inside the patient: weaker towards the border and with depth. */
    static Headlight scope(SplittableRandom random) {
        return new Headlight(
                random.nextDouble(-0.15, 0.15),
                random.nextDouble(-0.15, 0.15),
                random.nextDouble(0.5, 1.1),
                random.nextDouble(0, 0.12),
                random.nextDouble(0.7, 1.6));
    }

    /** Draws room light with at most a trace of the scope's beam in it. */
    static Headlight room(SplittableRandom random) {
        return new Headlight(
                random.nextDouble(-0.5, 0.5),
                random.nextDouble(-0.5, 0.5),
                random.nextDouble(0.8, 2),
                random.nextDouble(0.5, 0.9),
                2.5);
    }

    /** Returns the light that falls on a point of the screen at this height: 1 where the beam points, at height 0. */
    float at(double screenX, double screenY, float height) {
        double dx = screenX - x;
        double dy = screenY - y;
        double beam = 1 / (1 + (dx * dx + dy * dy) / (radius * radius));
        double near = distance / Math.max(0.25, distance - height);
        return (float) (ambient + (1 - ambient) * beam * near * near);
    }
}
