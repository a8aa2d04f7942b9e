package io.scopegate.trainer.sampledata;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What the lens does to the picture before it reaches the sensor.
 *
 * @param defocus radius of the blur in frame heights
 * @param motionX horizontal camera motion during the exposure in frame heights
 * @param motionY vertical camera motion during the exposure in frame heights
 * @param barrel strength of the barrel distortion: how much straight lines bow at the border
 * @param droplets drops and smears on the front glass
 */
record Lens(double defocus, double motionX, double motionY, double barrel, List<Droplet> droplets) {

    /** A drop on the glass. The picture behind it is blurred and a little brighter. */
    record Droplet(double x, double y, double radius, double veil) {}

    static Lens draw(SplittableRandom random) {
        double defocus = random.nextInt(5) == 0
                ? random.nextDouble(0.006, 0.03)
                : random.nextInt(2) * random.nextDouble(0.001, 0.005);
        boolean moving = random.nextInt(8) == 0;
        List<Droplet> droplets = new ArrayList<>();
        if (random.nextInt(7) == 0) {
            for (int i = 1 + random.nextInt(6); i > 0; i--) {
                droplets.add(new Droplet(
                        random.nextDouble(-0.7, 0.7),
                        random.nextDouble(-0.45, 0.45),
                        random.nextDouble(0.02, 0.16),
                        random.nextDouble(0.1, 0.5)));
            }
        }
        return new Lens(
                defocus,
                moving ? random.nextDouble(-0.06, 0.06) : 0,
                moving ? random.nextDouble(-0.06, 0.06) : 0,
                random.nextDouble(0, 0.12),
                List.copyOf(droplets));
    }

    /** Applies droplets, defocus and motion blur to the canvas in place. */
    void project(Canvas canvas) {
        wet(canvas);
        int radius = (int) Math.round(defocus * canvas.height);
        if (radius > 0) {
            Blur.defocus(canvas, radius);
        }
        if (Math.hypot(motionX, motionY) * canvas.height > 1.5) {
            Blur.motion(canvas, motionX * canvas.height, motionY * canvas.height);
        }
    }

    private void wet(Canvas canvas) {
        if (droplets.isEmpty()) {
            return;
        }
        Canvas blurred = new Canvas(canvas.width, canvas.height);
        System.arraycopy(canvas.rgb, 0, blurred.rgb, 0, canvas.rgb.length);
        Blur.defocus(blurred, Math.max(2, canvas.height / 40));
        for (int row = 0; row < canvas.height; row++) {
            for (int column = 0; column < canvas.width; column++) {
                float share = cover(canvas.screenX(column), canvas.screenY(row));
                if (share > 0) {
                    smear(canvas, blurred, 3 * (row * canvas.width + column), share);
                }
            }
        }
    }

    private float cover(double x, double y) {
        double cover = 0;
        for (Droplet drop : droplets) {
            double dx = x - drop.x();
            double dy = y - drop.y();
            double inside = 1 - (dx * dx + dy * dy) / (drop.radius() * drop.radius());
            cover = Math.max(cover, Math.min(1, 3 * inside) * (0.5 + drop.veil()));
        }
        return (float) cover;
    }

    private static void smear(Canvas canvas, Canvas blurred, int at, float share) {
        for (int channel = at; channel < at + 3; channel++) {
            canvas.rgb[channel] += share * (blurred.rgb[channel] * 1.08f + 0.03f - canvas.rgb[channel]);
        }
    }
}
