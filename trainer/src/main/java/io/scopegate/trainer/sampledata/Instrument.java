package io.scopegate.trainer.sampledata;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.LinearGradientPaint;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.util.SplittableRandom;

/**
 * A laparoscopic instrument: a long shaft with a working end. It is drawn with its tip at the origin and its shaft
 * along positive x.
 *
 * @param tip kind of working end
 * @param width diameter of the shaft in scene units
 * @param metal colour of the working end
 * @param shaft colour of the shaft, dark where it is insulated
 * @param opening angle of the jaws in radians
 */
record Instrument(Tip tip, double width, Colour metal, Colour shaft, double opening) {
    private static final double LENGTH = 3;

    /** The kind of working end. */
    enum Tip {
        /** Two long jaws with teeth. */
        GRASPER,
        /** Two curved blades. */
        SCISSORS,
        /** A thin wire bent to an L. */
        HOOK,
        /** An open tube with side holes. */
        SUCTION,
        /** Two short thick jaws. */
        CLIPPER
    }

    static Instrument of(SplittableRandom random) {
        Tip tip = Tip.values()[random.nextInt(Tip.values().length)];
        Colour metal = Colour.of(0.62, 0.62, 0.64).varied(random, 0.2);
        Colour shaft = random.nextInt(5) < 2 ? Colour.of(0.1, 0.1, 0.11).varied(random, 0.4) : metal;
        if (random.nextInt(8) == 0) {
            shaft = Colour.of(0.85, 0.84, 0.8);
        }
        return new Instrument(tip, random.nextDouble(0.05, 0.14), metal, shaft, random.nextDouble(0.02, 0.6));
    }

    void draw(Graphics2D graphics) {
        double head = width * (tip == Tip.CLIPPER ? 1.8 : 3);
        graphics.setPaint(round(shaft, width));
        graphics.fill(Drawing.rectangle(head, -width / 2, LENGTH, width));
        switch (tip) {
            case GRASPER, CLIPPER, SCISSORS -> jaws(graphics, head);
            case HOOK -> hook(graphics, head);
            case SUCTION -> suction(graphics, head);
        }
    }

    private void jaws(Graphics2D graphics, double head) {
        graphics.setPaint(round(metal, width * 0.8));
        graphics.fill(Drawing.rectangle(head * 0.75, -width * 0.4, head * 0.3, width * 0.8));
        AffineTransform before = graphics.getTransform();
        for (int side = -1; side <= 1; side += 2) {
            graphics.rotate(side * opening / 2, head * 0.8, 0);
            graphics.setPaint(round(metal.times(side < 0 ? 1.1 : 0.8), width * 0.7));
            graphics.fill(jaw(head, side));
            graphics.setTransform(before);
        }
    }

    private Path2D jaw(double head, int side) {
        double bow = tip == Tip.SCISSORS ? 0.25 : 0.05;
        Path2D path = new Path2D.Double();
        path.moveTo(0, side * width * bow);
        path.quadTo(head * 0.4, side * width * (0.3 + bow), head * 0.85, side * width * 0.42);
        path.lineTo(head * 0.85, 0);
        if (tip == Tip.GRASPER) {
            for (int tooth = 6; tooth > 0; tooth--) {
                path.lineTo(head * 0.8 * tooth / 6, side * width * 0.01 * tooth);
                path.lineTo(head * 0.8 * (tooth - 0.5) / 6, side * width * 0.09);
            }
        }
        path.closePath();
        return path;
    }

    private void hook(Graphics2D graphics, double head) {
        graphics.setPaint(round(Colour.of(0.85, 0.82, 0.76), width * 0.7));
        graphics.fill(Drawing.rectangle(head * 0.7, -width * 0.35, head * 0.35, width * 0.7));
        graphics.setPaint(metal.paint());
        graphics.setStroke(new BasicStroke((float) (width * 0.16), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        Path2D wire = new Path2D.Double();
        wire.moveTo(head * 0.75, 0);
        wire.lineTo(head * 0.12, 0);
        wire.quadTo(0, 0, 0, width * 0.55);
        graphics.draw(wire);
    }

    private void suction(Graphics2D graphics, double head) {
        graphics.setPaint(round(metal, width * 0.8));
        graphics.fill(Drawing.rectangle(0, -width * 0.4, head * 1.2, width * 0.8));
        graphics.setPaint(new Color(15, 10, 10));
        for (int hole = 1; hole < 4; hole++) {
            graphics.fill(Drawing.disc(hole * head * 0.25, width * 0.1, width * 0.11));
        }
    }

    /** Returns light and dark bands across the shaft, as on a polished cylinder. */
    private static LinearGradientPaint round(Colour colour, double width) {
        return new LinearGradientPaint(
                new Point2D.Double(0, -width / 2),
                new Point2D.Double(0, width / 2),
                new float[] {0, 0.15f, 0.32f, 0.45f, 0.75f, 1},
                new Color[] {
                    colour.times(0.25).paint(),
                    colour.times(0.9).paint(),
                    colour.mix(Colour.WHITE, 0.5).times(1.3).paint(),
                    colour.paint(),
                    colour.times(0.45).paint(),
                    colour.times(0.15).paint()
                });
    }
}
