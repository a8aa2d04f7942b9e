package io.scopegate.trainer.sampledata;

import java.util.SplittableRandom;

/**
 * Scenes with hardly any picture: darkness, a single colour where the camera is unplugged, the inside of a lens cap.
 */
record DarkScene(Colour colour, Colour glow, double x, double y, double radius) implements Scene {

    static DarkScene dark(SplittableRandom random) {
        double level = random.nextDouble() * random.nextDouble() * 0.06;
        return new DarkScene(
                Colour.of(level, level, level).varied(random, 0.5),
                Colour.of(level, level, level).times(2),
                random.nextDouble(-0.6, 0.6),
                random.nextDouble(-0.4, 0.4),
                random.nextDouble(0.2, 0.8));
    }

    static DarkScene noSignal(SplittableRandom random) {
        Colour colour = switch (random.nextInt(5)) {
            case 0, 1 -> Colour.of(0.05, 0.08, 0.7).varied(random, 0.3);
            case 2 -> Colour.BLACK;
            case 3 -> Colour.of(0.5, 0.5, 0.5).varied(random, 0.5);
            default -> Colour.hue(random.nextDouble(), random.nextDouble(), random.nextDouble(0.2, 1));
        };
        return new DarkScene(colour, colour, 0, 0, 1);
    }

    /** Black with a faint reflection of the light in the cap. */
    static DarkScene lensCap(SplittableRandom random) {
        double level = random.nextDouble(0.05, 0.5);
        return new DarkScene(
                Colour.of(0.015, 0.013, 0.015),
                Colour.of(level, level * 0.9, level * 0.9).varied(random, 0.3),
                random.nextDouble(-0.4, 0.4),
                random.nextDouble(-0.3, 0.3),
                random.nextDouble(0.03, 0.25));
    }

    @Override
    public void paint(Canvas canvas, View view) {
        View.Grid grid = view.grid(canvas.width, canvas.height);
        for (int row = 0; row < canvas.height; row++) {
            for (int column = 0; column < canvas.width; column++) {
                double dx = grid.x(column, row) - x;
                double dy = grid.y(column, row) - y;
                double near = 1 / (1 + (dx * dx + dy * dy) / (radius * radius));
                int at = 3 * (row * canvas.width + column);
                canvas.set(at, colour);
                canvas.blend(at, glow, (float) (near * near));
            }
        }
    }
}
