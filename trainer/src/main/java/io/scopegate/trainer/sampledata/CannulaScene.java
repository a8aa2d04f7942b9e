package io.scopegate.trainer.sampledata;

import java.awt.geom.Ellipse2D;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A view into a tube: a cannula with its valve, the holder of the scope, or the warming cup with water.
 *
 * @param x horizontal position of the middle of the far end
 * @param y vertical position of the middle of the far end
 * @param rings radii and colours from the rim to the far end
 */
record CannulaScene(double x, double y, List<Ring> rings, Slit slit, Ambience ambience) implements Scene {
    /** One ring of the tube's inner wall, shaded from light to dark. */
    record Ring(double radius, Colour light, Colour dark) {}

    /** The slit of the valve, or reflections in it. */
    record Slit(double angle, double length, Colour colour) {}

    static CannulaScene trocar(SplittableRandom random, Noise noise) {
        return of(Colour.of(0.4, 0.4, 0.44).varied(random, 0.5), random, noise);
    }

    static CannulaScene cup(SplittableRandom random, Noise noise) {
        Colour steel = random.nextBoolean() ? Colour.of(0.75, 0.74, 0.72) : DrapeScene.drapeColour(random);
        return of(steel.varied(random, 0.25), random, noise);
    }

    private static CannulaScene of(Colour colour, SplittableRandom random, Noise noise) {
        List<Ring> rings = new ArrayList<>();
        double radius = random.nextDouble(0.5, 1.1);
        for (int i = 3 + random.nextInt(4); i > 0; i--) {
            double shade = random.nextDouble(0.2, 1.4);
            rings.add(new Ring(radius, colour.times(shade), colour.times(shade * random.nextDouble(0.05, 0.5))));
            radius *= random.nextDouble(0.6, 0.9);
        }
        Slit slit = new Slit(
                random.nextDouble(Math.PI),
                random.nextInt(3) == 0 ? 0 : radius * random.nextDouble(0.6, 1.4),
                Colour.of(0.8, 0.8, 0.85).times(random.nextDouble(0.2, 1.2)));
        return new CannulaScene(
                random.nextDouble(-0.2, 0.2),
                random.nextDouble(-0.2, 0.2),
                List.copyOf(rings),
                slit,
                new Ambience(noise, Headlight.scope(random), random.nextDouble(8), 0.12));
    }

    @Override
    public void paint(Canvas canvas, View view) {
        try (Drawing drawing = Drawing.opaque(canvas, view)) {
            drawing.box(Drawing.rectangle(-4, -4, 8, 8), rings.getFirst().light());
            double inwards = 0;
            for (Ring ring : rings) {
                double shift = inwards++ * 0.02;
                drawing.ball(
                        x * (1 - shift),
                        y * (1 - shift),
                        ring.radius(),
                        ring.dark(),
                        ring.dark(),
                        ring.dark(),
                        ring.light(),
                        ring.light().times(0.6));
            }
            drawing.at(x, y, slit.angle(), () -> glints(drawing));
            canvas.take(drawing.image);
        }
        ambience.apply(canvas, view);
    }

    private void glints(Drawing drawing) {
        drawing.graphics.setPaint(slit.colour().paint(0.9));
        drawing.graphics.fill(new Ellipse2D.Double(-slit.length(), -0.012, 2 * slit.length(), 0.024));
        drawing.graphics.setPaint(slit.colour().paint(0.5));
        drawing.graphics.fill(new Ellipse2D.Double(-slit.length() * 0.6, 0.02, slit.length(), 0.05));
    }
}
