package io.scopegate.trainer.sampledata;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Cloth: folded surgical drapes, cloth right in front of the lens, gauze for the white balance, red towels. */
final class DrapeScene implements Scene {
    private final Noise noise;
    private final Cloth cloth;
    private final Headlight lamp;
    private final double offset;
    private final List<Organ> cables;

    private DrapeScene(Cloth cloth, Headlight lamp, SplittableRandom random, Noise noise) {
        this.noise = noise;
        this.cloth = cloth;
        this.lamp = lamp;
        this.offset = random.nextDouble(8);
        this.cables = cables(random, cloth.fold() > 0.02 ? random.nextInt(3) : 0);
    }

    /** The appearance of a cloth. */
    record Cloth(Colour colour, double fold, double foldScale, double thread, double shine, double angle) {
        static Cloth of(Colour colour, SplittableRandom random) {
            return new Cloth(
                    colour,
                    random.nextDouble(0.02, 0.09),
                    random.nextDouble(1.2, 3.5),
                    random.nextDouble(0, 1),
                    random.nextInt(3) == 0 ? random.nextDouble(0.1, 0.4) : 0.02,
                    random.nextDouble(Math.PI));
        }

        Cloth folds(double depth, double scale) {
            return new Cloth(colour, depth, scale, thread, shine, angle);
        }
    }

    static DrapeScene folded(SplittableRandom random, Noise noise) {
        Headlight lamp = random.nextInt(3) == 0 ? Headlight.scope(random) : Headlight.room(random);
        return new DrapeScene(Cloth.of(drapeColour(random), random), lamp, random, noise);
    }

    /** Makes a view of nothing but cloth a few centimetres away, lit by the scope. */
    static DrapeScene close(SplittableRandom random, Noise noise) {
        Cloth cloth = Cloth.of(drapeColour(random), random)
                .folds(random.nextDouble(0.002, 0.02), random.nextDouble(0.4, 1.2));
        return new DrapeScene(cloth, Headlight.scope(random), random, noise);
    }

    static DrapeScene whiteBalance(SplittableRandom random, Noise noise) {
        Cloth cloth = Cloth.of(Colour.of(0.93, 0.92, 0.9).varied(random, 0.12), random)
                .folds(random.nextDouble(0.002, 0.02), random.nextDouble(0.5, 3));
        return new DrapeScene(cloth, Headlight.scope(random), random, noise);
    }

    /** Makes a red, pink or skin-coloured cloth, so that a model cannot tell the class by hue alone. */
    static DrapeScene red(SplittableRandom random, Noise noise) {
        Colour colour =
                Colour.hue(random.nextDouble(-0.04, 0.06), random.nextDouble(0.3, 0.8), random.nextDouble(0.4, 0.8));
        Cloth cloth = Cloth.of(colour, random);
        boolean near = random.nextBoolean();
        return new DrapeScene(near ? cloth.folds(0.006, 0.7) : cloth, Headlight.scope(random), random, noise);
    }

    /** Returns one of the blues, greens, greys and whites of cloth in an operating theatre. */
    static Colour drapeColour(SplittableRandom random) {
        return switch (random.nextInt(8)) {
            case 0, 1 -> Colour.of(0.25, 0.36, 0.62).varied(random, 0.3);
            case 2, 3 -> Colour.of(0.12, 0.46, 0.36).varied(random, 0.35);
            case 4 -> Colour.of(0.45, 0.62, 0.78).varied(random, 0.2);
            case 5 -> Colour.of(0.15, 0.18, 0.38).varied(random, 0.3);
            case 6 -> Colour.of(0.16, 0.5, 0.55).varied(random, 0.3);
            default -> Colour.of(0.68, 0.69, 0.72).varied(random, 0.2);
        };
    }

    private static List<Organ> cables(SplittableRandom random, int count) {
        List<Organ> cables = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Colour colour = random.nextBoolean()
                    ? Colour.hex(0xd8d8d4)
                    : drapeColour(random).times(0.5);
            Tissue jacket = Tissue.of(TissueKind.GAUZE, random).dyed(colour);
            cables.add(
                    Organ.tube(jacket, random, random.nextDouble(0.01, 0.035)).firm());
        }
        return cables;
    }

    @Override
    public void paint(Canvas canvas, View view) {
        Relief relief = new Relief(canvas, view);
        byte[] owners = new byte[canvas.width * canvas.height];
        fold(relief);
        for (int i = 0; i < cables.size(); i++) {
            relief.raise(cables.get(i), noise, owners, (byte) (i + 1));
        }
        relief.illuminate(lamp, 3);
        for (int i = 0; i < owners.length; i++) {
            Colour colour = owners[i] == 0
                    ? cloth.colour()
                    : cables.get(owners[i] - 1).tissue().base();
            float shine = (float) (owners[i] == 0 ? cloth.shine() : 0.3) * relief.glint[i];
            canvas.set(3 * i, colour);
            canvas.scale(3 * i, relief.light[i]);
            canvas.blend(3 * i, Colour.WHITE, shine);
        }
    }

    /** Adds long soft ridges in one direction, small creases, and the threads of the cloth. */
    private void fold(Relief relief) {
        double cos = StrictMath.cos(cloth.angle());
        double sin = StrictMath.sin(cloth.angle());
        double scale = cloth.foldScale();
        double threads = 300;
        for (int row = 0; row < relief.height; row++) {
            for (int column = 0; column < relief.width; column++) {
                double x = relief.grid.x(column, row);
                double y = relief.grid.y(column, row);
                double along = x * cos + y * sin;
                double across = y * cos - x * sin;
                float bend = noise.smooth(along * 0.9 + offset, across * 0.9);
                double ridge = noise.smooth(across * scale + 0.4 * bend, along * scale * 0.25 + offset);
                double crease = noise.fractal(x * 1.5 * scale, y * 1.5 * scale + offset);
                double weave = Noise.wave(along * threads) * Noise.wave(across * threads);
                relief.heights[row * relief.width + column] = (float)
                        (cloth.fold() * (2 * (1 - Math.abs(ridge)) + ridge + 0.16 * crease)
                                + cloth.thread() * (0.0005 * weave + 0.0016 * noise.fractal(x * 11, y * 11)));
            }
        }
    }
}
