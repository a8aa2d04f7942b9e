package io.scopegate.trainer.sampledata;

import java.awt.geom.AffineTransform;
import java.util.SplittableRandom;

/** A board for calibrating cameras: chequers, a dot grid or square markers, on paper, metal or card. */
final class CalibrationScene implements Scene {
    private final Board board;
    private final AffineTransform pose;
    private final Ambience ambience;
    private final Colour table;

    private CalibrationScene(SplittableRandom random, Noise noise) {
        board = Board.of(random);
        table = Colour.of(0.3, 0.28, 0.26).varied(random, 0.8);
        double size = random.nextDouble(0.7, 2);
        pose = AffineTransform.getTranslateInstance(random.nextDouble(-0.25, 0.25), random.nextDouble(-0.2, 0.2));
        pose.rotate(random.nextDouble(-0.7, 0.7));
        pose.shear(random.nextDouble(-0.25, 0.25), random.nextDouble(-0.1, 0.1));
        pose.scale(size, size * random.nextDouble(0.65, 1));
        Headlight lamp = random.nextBoolean() ? Headlight.scope(random) : Headlight.room(random);
        ambience = new Ambience(noise, lamp, random.nextDouble(8), 0.03);
    }

    static CalibrationScene of(SplittableRandom random, Noise noise) {
        return new CalibrationScene(random, noise);
    }

    @Override
    public void paint(Canvas canvas, View view) {
        try (Drawing drawing = Drawing.opaque(canvas, view)) {
            drawing.box(Drawing.rectangle(-4, -4, 8, 8), table);
            drawing.graphics.transform(pose);
            drawing.box(Drawing.rectangle(-0.55, -0.55, 1.1, 1.1), board.paper());
            drawing.graphics.setPaint(board.ink().paint());
            switch (board.pattern()) {
                case CHEQUERS -> chequers(drawing);
                case DOTS -> dots(drawing);
                case MARKERS -> markers(drawing);
            }
            canvas.take(drawing.image);
        }
        ambience.apply(canvas, view);
    }

    private void chequers(Drawing drawing) {
        double pitch = 0.96 / board.count();
        for (int row = 0; row < board.count(); row++) {
            for (int column = row % 2; column < board.count(); column += 2) {
                drawing.graphics.fill(Drawing.rectangle(-0.48 + column * pitch, -0.48 + row * pitch, pitch, pitch));
            }
        }
    }

    private void dots(Drawing drawing) {
        int count = board.count() + 6;
        double pitch = 0.96 / count;
        for (int row = 0; row < count; row++) {
            for (int column = 0; column < count; column++) {
                boolean large = row % 7 == 3 && column % 7 == 3;
                drawing.graphics.fill(Drawing.disc(
                        -0.48 + (column + 0.5) * pitch, -0.48 + (row + 0.5) * pitch, pitch * (large ? 0.42 : 0.2)));
            }
        }
    }

    private void markers(Drawing drawing) {
        SplittableRandom random = new SplittableRandom(board.seed());
        int count = 1 + board.count() % 4;
        double pitch = 0.96 / count;
        for (int marker = 0; marker < count * count; marker++) {
            double x = -0.48 + marker % count * pitch + pitch * 0.1;
            double y = -0.48 + marker / count * pitch + pitch * 0.1;
            double cell = pitch * 0.8 / 6;
            drawing.box(Drawing.rectangle(x, y, cell * 6, cell * 6), board.ink());
            for (int bit = 0; bit < 16; bit++) {
                if (random.nextBoolean()) {
                    drawing.box(
                            Drawing.rectangle(x + cell * (1 + bit % 4), y + cell * (1 + bit / 4), cell, cell),
                            board.paper());
                }
            }
        }
    }

    private enum Pattern {
        CHEQUERS,
        DOTS,
        MARKERS
    }

    private record Board(Pattern pattern, Colour paper, Colour ink, int count, long seed) {
        static Board of(SplittableRandom random) {
            return new Board(
                    Pattern.values()[random.nextInt(Pattern.values().length)],
                    Colour.of(0.85, 0.84, 0.82).varied(random, 0.25),
                    Colour.of(0.08, 0.08, 0.1).varied(random, 0.5),
                    6 + random.nextInt(8),
                    random.nextLong());
        }
    }
}
