package io.scopegate.trainer.sampledata;

import java.util.SplittableRandom;

/**
 * The round border of the scope's picture. A scope has it outside the patient as well, so it is drawn by the same
 * chances for both classes.
 *
 * @param x middle, in frame heights right of the frame's middle
 * @param y middle, in frame heights below the frame's middle
 * @param radius in frame heights; beyond the frame's corners when there is no border
 * @param softness width of the edge in frame heights
 * @param black level outside the circle, 0 to 1
 */
record Vignette(double x, double y, double radius, double softness, double black) {
    /** Two frames of three have a border, mostly cut off above and below. */
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

    /** Share of the picture that is let through, 0 outside, 1 inside. */
    float mask(double screenX, double screenY) {
        double dx = screenX - x;
        double dy = screenY - y;
        return (float) Math.clamp((radius - Math.sqrt(dx * dx + dy * dy)) / softness, 0, 1);
    }
}
