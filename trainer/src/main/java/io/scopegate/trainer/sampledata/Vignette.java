package io.scopegate.trainer.sampledata;

import java.util.SplittableRandom;

/**
 * The round border of the scope's picture. A scope shows it outside the patient as well, so it is drawn with the same
 * probabilities for both classes.
 *
 * @param x middle, in frame heights right of the frame's middle
 * @param y middle, in frame heights below the frame's middle
 * @param radius in frame heights; beyond the frame's corners if there is no border
 * @param softness width of the edge in frame heights
 * @param black level outside the circle, 0 to 1
 */
record Vignette(double x, double y, double radius, double softness, double black) {
    /** Draws a vignette. Two frames of three have a border, which is usually cut off above and below. */
    static Vignette draw(SplittableRandom random, double aspect) {
        double radius = random.nextInt(3) == 0 ? 9 : random.nextDouble(0.46, 0.55 + 0.23 * aspect / 1.78);
        boolean soft = random.nextInt(4) == 0;
        return new Vignette(
                random.nextDouble(-0.08, 0.08),
                random.nextDouble(-0.05, 0.05),
                radius,
                soft ? random.nextDouble(0.03, 0.2) : random.nextDouble(0.004, 0.02),
                random.nextDouble(0, 0.035));
    }

    boolean present() {
        return radius < 5;
    }

    /** Returns the share of light that passes, 0 outside the circle and 1 inside. */
    float mask(double screenX, double screenY) {
        double dx = screenX - x;
        double dy = screenY - y;
        return (float) Math.clamp((radius - Math.sqrt(dx * dx + dy * dy)) / softness, 0, 1);
    }
}
