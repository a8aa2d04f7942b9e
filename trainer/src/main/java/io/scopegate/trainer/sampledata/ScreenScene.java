package io.scopegate.trainer.sampledata;

import java.awt.BasicStroke;
import java.awt.geom.Path2D;
import java.util.SplittableRandom;

/**
 * A monitor filmed by the camera, with menus, values and curves. Its edge and the wall behind it show at the border.
 */
final class ScreenScene implements Scene {
    private final long contents;
    private final double angle;
    private final double size;
    private final Ambience ambience;

    private ScreenScene(SplittableRandom random, Noise noise) {
        contents = random.nextLong();
        angle = random.nextDouble(-0.4, 0.4);
        size = random.nextDouble(0.7, 1.8);
        ambience = new Ambience(noise, Headlight.room(random), random.nextDouble(8), 0.02);
    }

    static ScreenScene of(SplittableRandom random, Noise noise) {
        return new ScreenScene(random, noise);
    }

    @Override
    public void paint(Canvas canvas, View view) {
        SplittableRandom random = new SplittableRandom(contents);
        try (Drawing drawing = Drawing.opaque(canvas, view)) {
            drawing.box(
                    Drawing.rectangle(-4, -4, 8, 8), Colour.of(0.35, 0.35, 0.36).varied(random, 0.5));
            drawing.at(random.nextDouble(-0.2, 0.2), random.nextDouble(-0.1, 0.1), angle, () -> {
                drawing.graphics.scale(size, size);
                monitor(drawing, random);
            });
            canvas.take(drawing.image);
        }
        ambience.apply(canvas, view);
    }

    private static void monitor(Drawing drawing, SplittableRandom random) {
        drawing.box(
                Drawing.rectangle(-0.68, -0.4, 1.36, 0.8),
                Colour.of(0.07, 0.07, 0.08).varied(random, 0.6));
        Colour back = switch (random.nextInt(4)) {
            case 0 -> Colour.of(0.9, 0.92, 0.94);
            case 1 -> Colour.of(0.1, 0.2, 0.5).varied(random, 0.3);
            default -> Colour.of(0.02, 0.03, 0.04);
        };
        drawing.box(Drawing.rectangle(-0.64, -0.36, 1.28, 0.72), back);
        for (int row = 0; row < 4; row++) {
            Colour ink = Colour.hue(random.nextDouble(), random.nextDouble(0, 1), back.red() > 0.5 ? 0.3 : 1);
            if (random.nextBoolean()) {
                curve(drawing, random, ink, -0.28 + row * 0.17);
            } else {
                values(drawing, random, ink, -0.33 + row * 0.17);
            }
        }
    }

    private static void values(Drawing drawing, SplittableRandom random, Colour ink, double y) {
        double x = -0.6;
        while (x < 0.4) {
            drawing.graphics.setPaint(ink.paint(0.25));
            drawing.graphics.fill(Drawing.rectangle(x, y, 0.24, 0.11));
            drawing.graphics.setPaint(ink.paint());
            Glyphs.draw(drawing.graphics, Glyphs.text(random), new double[] {x + 0.015, y + 0.03}, 0.005);
            x += random.nextDouble(0.26, 0.6);
        }
    }

    private static void curve(Drawing drawing, SplittableRandom random, Colour ink, double y) {
        Path2D path = new Path2D.Double();
        path.moveTo(-0.62, y);
        double beat = random.nextDouble(0.08, 0.25);
        double high = random.nextDouble(0.02, 0.1);
        for (double x = -0.62; x < 0.4; x += beat) {
            path.lineTo(x + beat * 0.6, y);
            path.lineTo(x + beat * 0.68, y - high);
            path.lineTo(x + beat * 0.76, y + high * 0.3);
            path.curveTo(x + beat * 0.8, y, x + beat * 0.9, y - high * 0.5, x + beat, y);
        }
        drawing.graphics.setPaint(ink.paint());
        drawing.graphics.setStroke(new BasicStroke(0.006f));
        drawing.graphics.draw(path);
        Glyphs.draw(drawing.graphics, Integer.toString(random.nextInt(40, 180)), new double[] {0.44, y - 0.04}, 0.011);
    }
}
