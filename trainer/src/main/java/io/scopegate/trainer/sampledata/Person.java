package io.scopegate.trainer.sampledata;

import java.awt.BasicStroke;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.util.SplittableRandom;

/**
 * A person in scrubs with cap and mask.
 *
 * @param x horizontal position of the middle of the face
 * @param y vertical position of the middle of the face
 * @param size height of the head in scene units
 * @param lean roll of the body in radians
 * @param skin colour of the face
 * @param gown colour of gown and cap
 * @param mask colour of the mask
 */
record Person(double x, double y, double size, double lean, Colour skin, Colour gown, Colour mask)
        implements Furnishing {

    static Person of(SplittableRandom random, double nearness) {
        Colour skin = Colour.hex(0xd8a888)
                .mix(Colour.hex(0x5c3a28), random.nextDouble() * random.nextDouble())
                .varied(random, 0.12);
        Colour mask = random.nextBoolean() ? Colour.hex(0xd0dce0) : Colour.hex(0x88b8c8);
        return new Person(
                random.nextDouble(-0.7, 0.7),
                random.nextDouble(-0.3, 0.2),
                nearness * random.nextDouble(0.15, 0.3),
                random.nextDouble(-0.3, 0.3),
                skin,
                DrapeScene.drapeColour(random),
                mask.varied(random, 0.1));
    }

    @Override
    public void draw(Drawing drawing) {
        drawing.at(x, y, lean, () -> {
            drawing.graphics.scale(size, size);
            body(drawing);
            head(drawing);
        });
    }

    private void body(Drawing drawing) {
        Path2D trunk = new Path2D.Double();
        trunk.moveTo(-0.2, 0.4);
        trunk.curveTo(-0.9, 0.6, -1.1, 0.8, -1.2, 4);
        trunk.lineTo(1.2, 4);
        trunk.curveTo(1.1, 0.8, 0.9, 0.6, 0.2, 0.4);
        trunk.closePath();
        drawing.graphics.setPaint(gown.paint());
        drawing.graphics.fill(trunk);
        drawing.graphics.setPaint(gown.times(0.7).paint());
        drawing.graphics.setStroke(new BasicStroke(0.05f));
        for (int fold = -2; fold <= 2; fold++) {
            Path2D line = new Path2D.Double();
            line.moveTo(0.25 * fold, 0.9);
            line.quadTo(0.4 * fold + 0.1, 1.8, 0.35 * fold, 3);
            drawing.graphics.draw(line);
        }
    }

    private void head(Drawing drawing) {
        drawing.box(Drawing.rectangle(-0.17, 0.2, 0.34, 0.35), skin.times(0.7));
        drawing.graphics.scale(0.78, 1);
        drawing.ball(0, 0, 0.5, skin.times(1.1), skin, skin.times(0.6));
        drawing.graphics.scale(1 / 0.78, 1);
        drawing.graphics.setPaint(gown.times(1.15).paint());
        Path2D cap = new Path2D.Double();
        cap.moveTo(-0.42, -0.12);
        cap.curveTo(-0.45, -0.75, 0.45, -0.75, 0.42, -0.12);
        cap.quadTo(0, -0.3, -0.42, -0.12);
        drawing.graphics.fill(cap);
        drawing.graphics.setPaint(mask.paint());
        Path2D cover = new Path2D.Double();
        cover.moveTo(-0.36, 0.08);
        cover.quadTo(0, -0.06, 0.36, 0.08);
        cover.curveTo(0.34, 0.55, -0.34, 0.55, -0.36, 0.08);
        drawing.graphics.fill(cover);
        for (int side = -1; side <= 1; side += 2) {
            drawing.graphics.setPaint(Colour.hex(0xe8e4e0).paint());
            drawing.graphics.fill(new Ellipse2D.Double(side * 0.16 - 0.07, -0.09, 0.14, 0.07));
            drawing.graphics.setPaint(Colour.hex(0x2c1c14).paint());
            drawing.graphics.fill(Drawing.disc(side * 0.16, -0.055, 0.033));
        }
    }
}
