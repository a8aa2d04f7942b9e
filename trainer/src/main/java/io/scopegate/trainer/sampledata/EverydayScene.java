package io.scopegate.trainer.sampledata;

import java.awt.geom.Path2D;
import java.util.SplittableRandom;

/** Scenes that have nothing to do with surgery: landscapes, table tops, animals' coats, heaps of shapes. */
final class EverydayScene implements Scene {
    private final Noise noise;
    private final long contents;
    private final Ambience ambience;

    private EverydayScene(SplittableRandom random, Noise noise) {
        this.noise = noise;
        contents = random.nextLong();
        ambience = new Ambience(noise, Headlight.room(random), random.nextDouble(8), random.nextDouble(0, 0.2));
    }

    static EverydayScene of(SplittableRandom random, Noise noise) {
        return new EverydayScene(random, noise);
    }

    @Override
    public void paint(Canvas canvas, View view) {
        SplittableRandom random = new SplittableRandom(contents);
        if (random.nextInt(3) == 0) {
            coat(canvas, view, random);
        } else {
            try (Drawing drawing = Drawing.opaque(canvas, view)) {
                switch (random.nextInt(3)) {
                    case 0 -> landscape(drawing, random);
                    case 1 -> tableTop(drawing, random);
                    default -> shapes(drawing, random);
                }
                canvas.take(drawing.image);
            }
        }
        ambience.apply(canvas, view);
    }

    private static Colour any(SplittableRandom random) {
        double hue = random.nextBoolean() ? random.nextDouble() : random.nextDouble(-0.03, 0.13);
        return Colour.hue(hue, random.nextDouble(0, 0.9), random.nextDouble(0.1, 1));
    }

    private static void landscape(Drawing drawing, SplittableRandom random) {
        Colour sky = Colour.of(0.35, 0.55, 0.85).varied(random, 0.5);
        drawing.shadedBox(Drawing.rectangle(-3, -0.8, 6, 1.4), sky, sky.mix(Colour.WHITE, 0.5));
        for (int ridge = 0; ridge < 4; ridge++) {
            Path2D hills = new Path2D.Double();
            double level = -0.1 + ridge * 0.14;
            hills.moveTo(-3, 3);
            for (double x = -3; x < 3; x += 0.2) {
                hills.lineTo(x, level + random.nextDouble(-0.06, 0.06));
            }
            hills.lineTo(3, 3);
            drawing.graphics.setPaint(Colour.of(0.25, 0.4, 0.2)
                    .varied(random, 0.5)
                    .times(1 - 0.15 * ridge)
                    .paint());
            drawing.graphics.fill(hills);
        }
    }

    private static void tableTop(Drawing drawing, SplittableRandom random) {
        Colour wood =
                Colour.hue(random.nextDouble(0.02, 0.12), random.nextDouble(0.2, 0.8), random.nextDouble(0.2, 0.8));
        drawing.shadedBox(Drawing.rectangle(-3, -3, 6, 6), wood.times(1.1), wood.times(0.8));
        for (int thing = 2 + random.nextInt(3); thing > 0; thing--) {
            double x = random.nextDouble(-0.6, 0.6);
            double y = random.nextDouble(-0.3, 0.3);
            double radius = random.nextDouble(0.1, 0.35);
            Colour china = any(random);
            drawing.graphics.setPaint(Colour.BLACK.paint(0.3));
            drawing.graphics.fill(Drawing.disc(x + 0.02, y + 0.03, radius));
            drawing.ball(x, y, radius, china.times(0.7), china.times(0.9), china);
            drawing.ball(x, y, radius * 0.55, any(random), china.times(0.3), china.mix(Colour.WHITE, 0.4));
        }
    }

    private static void shapes(Drawing drawing, SplittableRandom random) {
        drawing.box(Drawing.rectangle(-3, -3, 6, 6), any(random));
        for (int shape = 5 + random.nextInt(20); shape > 0; shape--) {
            double x = random.nextDouble(-0.9, 0.9);
            double y = random.nextDouble(-0.5, 0.5);
            double size = random.nextDouble(0.05, 0.5);
            Colour colour = any(random);
            boolean round = random.nextBoolean();
            drawing.at(x, y, random.nextDouble(Math.PI), () -> {
                if (round) {
                    drawing.ball(0, 0, size / 2, colour.times(1.2), colour, colour.times(0.5));
                } else {
                    drawing.shadedBox(
                            Drawing.rectangle(-size / 2, -size / 3, size, size * 0.6), colour, colour.times(0.5));
                }
            });
        }
    }

    /** Paints hair or grass: fine streaks in two colours. */
    private void coat(Canvas canvas, View view, SplittableRandom random) {
        Colour first = any(random);
        Colour second = first.mix(any(random), 0.5);
        double fineness = random.nextDouble(6, 20);
        View.Grid grid = view.grid(canvas.width, canvas.height);
        for (int row = 0; row < canvas.height; row++) {
            for (int column = 0; column < canvas.width; column++) {
                double x = grid.x(column, row);
                double y = grid.y(column, row);
                float bend = noise.smooth(x * 0.6, y * 0.6);
                float streak = noise.fractal((x + 0.3 * bend) * fineness, (y + bend) * fineness * 0.13);
                float patch = noise.smooth(x * 1.2 + 3, y * 1.2);
                int at = 3 * (row * canvas.width + column);
                canvas.set(at, first);
                canvas.blend(at, second, Math.clamp(0.5f + streak + patch, 0, 1));
                canvas.scale(at, Math.max(0.1f, 1 + 0.6f * streak));
            }
        }
    }
}
