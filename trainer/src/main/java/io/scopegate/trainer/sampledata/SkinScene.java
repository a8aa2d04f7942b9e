package io.scopegate.trainer.sampledata;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The patient from outside, disinfected and draped; and gloved hands, with or without blood on them. */
final class SkinScene implements Scene {
    private static final Colour BLOOD = Colour.of(0.5, 0.03, 0.05);

    private final Noise noise;
    private final Headlight lamp;
    private final Ground ground;
    private final List<Organ> bodies;
    private final double bloody;
    private final double offset;

    private SkinScene(Ground ground, List<Organ> bodies, SplittableRandom random, Noise noise) {
        this.noise = noise;
        this.lamp = random.nextInt(3) == 0 ? Headlight.scope(random) : Headlight.room(random);
        this.ground = ground;
        this.bodies = bodies;
        this.bloody = random.nextInt(3) == 0 ? random.nextDouble(-0.2, 0.35) : 2;
        this.offset = random.nextDouble(8);
    }

    /** The ground below the bodies: its colour, the stain on it, and the line along which a drape covers it. */
    private record Ground(Colour colour, Colour stain, Colour drape, Edge edge, double swell) {}

    private record Edge(double cos, double sin, double distance) {
        static Edge at(double angle, double distance) {
            return new Edge(StrictMath.cos(angle), StrictMath.sin(angle), distance);
        }
    }

    /** Makes an abdomen with iodine on it, a navel, and a drape on one side. */
    static SkinScene abdomen(SplittableRandom random, Noise noise) {
        Colour skin = Colour.hex(0xc89878)
                .mix(Colour.hex(0x6a4630), random.nextDouble() * random.nextDouble())
                .varied(random, 0.15);
        Ground ground = new Ground(
                skin,
                Colour.hex(random.nextBoolean() ? 0x9a5420 : 0xc07a58),
                DrapeScene.drapeColour(random),
                Edge.at(random.nextDouble(2 * Math.PI), random.nextDouble(0.1, 0.6)),
                random.nextDouble(0.1, 0.3));
        List<Organ> bodies = new ArrayList<>();
        if (random.nextBoolean()) {
            bodies.add(hollow(random, skin.times(0.35)));
        }
        for (int port = random.nextInt(3); port > 0; port--) {
            bodies.add(port(random));
        }
        return new SkinScene(ground, bodies, random, noise);
    }

    /** Makes a gloved hand over cloth. */
    static SkinScene glove(SplittableRandom random, Noise noise) {
        Colour cloth = DrapeScene.drapeColour(random);
        Ground ground = new Ground(cloth, cloth.times(0.8), cloth, Edge.at(0, 3), 0.15);
        return new SkinScene(ground, hand(random), random, noise);
    }

    private static Organ hollow(SplittableRandom random, Colour colour) {
        double size = random.nextDouble(0.03, 0.07);
        return new Organ(
                Tissue.of(TissueKind.PERITONEUM, random).dyed(colour),
                random.nextDouble(-0.4, 0.4),
                random.nextDouble(-0.3, 0.3),
                random.nextDouble(Math.PI),
                new Organ.Ellipse(size, size * 0.6),
                0.35,
                0.01,
                0.02);
    }

    private static Organ port(SplittableRandom random) {
        double size = random.nextDouble(0.05, 0.12);
        Colour colour = random.nextBoolean() ? Colour.hex(0xd8dcdc) : Colour.hue(random.nextDouble(), 0.4, 0.5);
        return new Organ(
                Tissue.of(TissueKind.GAUZE, random).dyed(colour),
                random.nextDouble(-0.6, 0.6),
                random.nextDouble(-0.4, 0.4),
                random.nextDouble(Math.PI),
                new Organ.Ellipse(size * 2, size),
                0.5,
                size,
                0);
    }

    private static List<Organ> hand(SplittableRandom random) {
        Colour latex = switch (random.nextInt(4)) {
            case 0 -> Colour.hex(0xd8c8a0);
            case 1 -> Colour.hex(0x5a8ac0);
            case 2 -> Colour.hex(0xb8a488);
            default -> Colour.hex(0xe0dcd8);
        };
        Tissue glove = Tissue.of(TissueKind.GAUZE, random).dyed(latex.varied(random, 0.15));
        double angle = random.nextDouble(2 * Math.PI);
        double size = random.nextDouble(0.7, 1.6);
        double x = random.nextDouble(-0.3, 0.3) - 0.3 * size * StrictMath.cos(angle);
        double y = random.nextDouble(-0.2, 0.2) - 0.3 * size * StrictMath.sin(angle);
        List<Organ> parts = new ArrayList<>();
        parts.add(new Organ(glove, x, y, angle, new Organ.Ellipse(0.26 * size, 0.2 * size), 0.3, 0.12, 0.06));
        for (int finger = 0; finger < 5; finger++) {
            double spread = angle + (finger - 2) * random.nextDouble(0.2, 0.5);
            double reach = size * (finger == 0 ? 0.24 : 0.38);
            parts.add(new Organ(
                    glove,
                    x + reach * StrictMath.cos(spread),
                    y + reach * StrictMath.sin(spread),
                    spread,
                    new Organ.Rod(0.14 * size, 0.05 * size),
                    0.32 + 0.02 * finger,
                    0.05 * size,
                    0.015));
        }
        return parts;
    }

    @Override
    public void paint(Canvas canvas, View view) {
        Relief relief = new Relief(canvas, view);
        byte[] owners = new byte[canvas.width * canvas.height];
        ground(relief);
        for (int i = 0; i < bodies.size(); i++) {
            relief.raise(bodies.get(i), noise, owners, (byte) (i + 1));
        }
        relief.illuminate(lamp, 4);
        for (int row = 0; row < canvas.height; row++) {
            for (int column = 0; column < canvas.width; column++) {
                int i = row * canvas.width + column;
                if (owners[i] > 0) {
                    canvas.set(3 * i, bodies.get(owners[i] - 1).tissue().base());
                } else {
                    groundColour(canvas, 3 * i, relief.grid.x(column, row), relief.grid.y(column, row));
                }
                bleed(canvas, 3 * i, relief.grid.x(column, row), relief.grid.y(column, row));
                canvas.scale(3 * i, relief.light[i]);
                canvas.blend(3 * i, Colour.WHITE, 0.15f * relief.glint[i]);
            }
        }
    }

    private void ground(Relief relief) {
        for (int row = 0; row < relief.height; row++) {
            for (int column = 0; column < relief.width; column++) {
                double x = relief.grid.x(column, row);
                double y = relief.grid.y(column, row);
                double swell = ground.swell() * noise.smooth(x * 0.5 + offset, y * 0.5);
                double fold = beyondEdge(x, y) > 0
                        ? 0.06 + 0.03 * noise.smooth(x * 2.2, y * 2.2 + offset)
                        : 0.003 * noise.fractal(x * 9, y * 9);
                relief.heights[row * relief.width + column] = (float) (swell + fold);
            }
        }
    }

    private double beyondEdge(double x, double y) {
        Edge edge = ground.edge();
        return x * edge.cos() + y * edge.sin() - edge.distance() + 0.06 * noise.smooth(x * 1.5, y * 1.5 + offset);
    }

    private void groundColour(Canvas canvas, int at, double x, double y) {
        if (beyondEdge(x, y) > 0) {
            canvas.set(at, ground.drape());
        } else {
            canvas.set(at, ground.colour());
            canvas.blend(at, ground.stain(), Math.clamp(0.4f + 1.2f * noise.fractal(x + offset, y), 0, 0.8f));
        }
    }

    private void bleed(Canvas canvas, int at, double x, double y) {
        float blood = 4 * (noise.fractal(x * 2 + offset, y * 2) - (float) bloody);
        if (blood > 0) {
            canvas.blend(at, BLOOD, Math.min(0.8f, blood));
        }
    }
}
