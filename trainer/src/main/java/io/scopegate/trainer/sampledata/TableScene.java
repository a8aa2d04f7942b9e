package io.scopegate.trainer.sampledata;

import java.awt.BasicStroke;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Instruments laid out on cloth, steel or a board, seen from above. */
final class TableScene implements Scene {
    private final Colour cloth;
    private final Ambience ambience;
    private final List<Piece> pieces;
    private final boolean ruler;

    private TableScene(SplittableRandom random, Noise noise) {
        cloth = random.nextInt(2) == 0
                ? Colour.of(0.55, 0.54, 0.53).varied(random, 0.35)
                : DrapeScene.drapeColour(random);
        ambience = new Ambience(noise, Headlight.room(random), random.nextDouble(8), random.nextDouble(0.02, 0.12));
        pieces = pieces(random);
        ruler = random.nextInt(4) == 0;
    }

    /** An instrument's kind and its position. */
    private record Piece(Kind kind, Colour metal, AffineTransform pose, double opening, Instrument instrument) {}

    private enum Kind {
        RINGED,
        TWEEZERS,
        SCALPEL,
        LAPAROSCOPIC
    }

    static TableScene of(SplittableRandom random, Noise noise) {
        return new TableScene(random, noise);
    }

    private static List<Piece> pieces(SplittableRandom random) {
        List<Piece> pieces = new ArrayList<>();
        int count = 1 + random.nextInt(6) * random.nextInt(2);
        double angle = random.nextDouble(2 * Math.PI);
        for (int i = 0; i < count; i++) {
            double place = count == 1 ? 0 : (i + 0.5) / count - 0.5;
            AffineTransform pose = AffineTransform.getRotateInstance(angle);
            pose.translate(random.nextDouble(-0.2, 0.2), place * 1.1);
            pose.rotate(random.nextDouble(-0.2, 0.2));
            double size = random.nextDouble(0.5, 1.1);
            pose.scale(size, size);
            pieces.add(new Piece(
                    Kind.values()[random.nextInt(Kind.values().length)],
                    Colour.of(0.55, 0.55, 0.56).varied(random, 0.3),
                    pose,
                    random.nextDouble(0.02, 0.5),
                    Instrument.of(random)));
        }
        return pieces;
    }

    @Override
    public void paint(Canvas canvas, View view) {
        try (Drawing drawing = Drawing.opaque(canvas, view)) {
            drawing.shadedBox(Drawing.rectangle(-3, -3, 6, 6), cloth.times(1.1), cloth.times(0.9));
            if (ruler) {
                ruler(drawing);
            }
            for (Piece piece : pieces) {
                AffineTransform before = drawing.graphics.getTransform();
                drawing.graphics.translate(0.008, 0.012);
                drawing.graphics.transform(piece.pose());
                piece(drawing, piece, true);
                drawing.graphics.setTransform(before);
                drawing.graphics.transform(piece.pose());
                piece(drawing, piece, false);
                drawing.graphics.setTransform(before);
            }
            canvas.take(drawing.image);
        }
        ambience.apply(canvas, view);
    }

    private static void ruler(Drawing drawing) {
        drawing.box(Drawing.rectangle(-0.8, -0.48, 1.6, 0.1), Colour.of(0.88, 0.88, 0.86));
        for (int mark = 0; mark < 80; mark++) {
            double length = mark % 10 == 0 ? 0.05 : mark % 5 == 0 ? 0.035 : 0.02;
            drawing.box(Drawing.rectangle(-0.8 + mark * 0.02, -0.48, 0.002, length), Colour.BLACK);
        }
    }

    private static void piece(Drawing drawing, Piece piece, boolean shadow) {
        Colour colour = shadow ? Colour.BLACK : piece.metal();
        drawing.graphics.setPaint(colour.paint(shadow ? 0.35 : 1));
        switch (piece.kind()) {
            case RINGED -> ringed(drawing, piece.opening(), colour, shadow);
            case TWEEZERS -> tweezers(drawing, piece.opening(), colour, shadow);
            case SCALPEL -> scalpel(drawing, colour, shadow);
            case LAPAROSCOPIC -> {
                if (!shadow) {
                    drawing.graphics.translate(-0.4, 0);
                    piece.instrument().draw(drawing.graphics);
                }
            }
        }
    }

    /** Draws two halves that cross at a pivot, with rings for the fingers. */
    private static void ringed(Drawing drawing, double opening, Colour colour, boolean shadow) {
        for (int side = -1; side <= 1; side += 2) {
            AffineTransform before = drawing.graphics.getTransform();
            drawing.graphics.rotate(side * opening * 0.4);
            Path2D half = new Path2D.Double();
            half.moveTo(-0.22, 0);
            half.quadTo(-0.1, 0.02 * side, 0, 0);
            half.quadTo(0.2, -0.03 * side, 0.34, -0.03 * side);
            line(drawing, half, 0.022, shadow ? colour : colour.times(side < 0 ? 1 : 0.75));
            line(drawing, Drawing.disc(0.39, -0.05 * side, 0.05), 0.018, colour);
            drawing.graphics.setTransform(before);
        }
        if (!shadow) {
            drawing.ball(0, 0, 0.018, Colour.WHITE, colour, colour.times(0.4));
        }
    }

    private static void tweezers(Drawing drawing, double opening, Colour colour, boolean shadow) {
        for (int side = -1; side <= 1; side += 2) {
            Path2D arm = new Path2D.Double();
            arm.moveTo(-0.35, side * 0.06 * opening);
            arm.quadTo(0, side * (0.02 + 0.09 * opening), 0.35, 0);
            line(drawing, arm, 0.02, shadow ? colour : colour.times(side < 0 ? 1.1 : 0.8));
        }
    }

    private static void scalpel(Drawing drawing, Colour colour, boolean shadow) {
        drawing.graphics.fill(Drawing.rectangle(-0.1, -0.016, 0.45, 0.032));
        Path2D blade = new Path2D.Double();
        blade.moveTo(-0.1, -0.012);
        blade.lineTo(-0.24, -0.006);
        blade.quadTo(-0.18, 0.03, -0.1, 0.016);
        blade.closePath();
        drawing.graphics.setPaint((shadow ? colour : colour.times(1.4)).paint(shadow ? 0.35 : 1));
        drawing.graphics.fill(blade);
    }

    /** Draws a rod: the line itself and, unless it is a shadow, a bright line on top of it. */
    private static void line(Drawing drawing, Shape path, double width, Colour colour) {
        boolean shadow = colour.equals(Colour.BLACK);
        drawing.graphics.setPaint(colour.times(0.55).paint(shadow ? 0.35 : 1));
        drawing.graphics.setStroke(new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        drawing.graphics.draw(path);
        if (!shadow) {
            drawing.graphics.setPaint(colour.mix(Colour.WHITE, 0.35).paint());
            drawing.graphics.setStroke(new BasicStroke((float) (width * 0.4)));
            drawing.graphics.draw(path);
        }
    }
}
