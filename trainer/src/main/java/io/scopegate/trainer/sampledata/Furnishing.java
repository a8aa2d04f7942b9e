package io.scopegate.trainer.sampledata;

import java.awt.BasicStroke;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.SplittableRandom;

/** One thing in a room, whose position and colours are fixed when it is made. */
@FunctionalInterface
interface Furnishing {
    void draw(Drawing drawing);

    /** Makes a cabinet, trolley or box, with shelves full of bottles or with drawers. */
    static Furnishing cabinet(SplittableRandom random) {
        double width = random.nextDouble(0.1, 0.5);
        double height = random.nextDouble(0.1, 0.7);
        Rectangle2D box = Drawing.rectangle(random.nextDouble(-1, 0.8), random.nextDouble(-0.6, 0.4), width, height);
        Colour colour = random.nextInt(3) == 0
                ? Colour.hue(random.nextDouble(), random.nextDouble(0.1, 0.7), random.nextDouble(0.2, 0.9))
                : Colour.of(0.6, 0.6, 0.6).varied(random, 0.6);
        int shelves = Math.max(0, random.nextInt(-4, 5));
        long contents = random.nextLong();
        return drawing -> {
            drawing.shadedBox(box, colour.times(1.2), colour.times(0.55));
            SplittableRandom goods = new SplittableRandom(contents);
            for (int shelf = 0; shelf < shelves; shelf++) {
                double top = box.getY() + height * (shelf + 0.12) / shelves;
                shelf(drawing, Drawing.rectangle(box.getX() + 0.01, top, width - 0.02, 0.75 * height / shelves), goods);
            }
        };
    }

    private static void shelf(Drawing drawing, Rectangle2D board, SplittableRandom goods) {
        drawing.box(board, Colour.of(0.15, 0.15, 0.16));
        double x = board.getX();
        while (x < board.getMaxX() - 0.03) {
            double width = goods.nextDouble(0.015, 0.05);
            double height = board.getHeight() * goods.nextDouble(0.3, 0.95);
            Colour colour = Colour.hue(
                    goods.nextDouble(), goods.nextDouble(0, 0.6) * goods.nextDouble(), goods.nextDouble(0.3, 1));
            Rectangle2D item =
                    Drawing.rectangle(x, board.getMaxY() - height, Math.min(width, board.getMaxX() - x), height);
            drawing.shadedBox(item, colour, colour.times(0.7));
            x += width + goods.nextDouble(0.002, 0.02);
        }
    }

    /** Makes many small things: sockets, handles, labels, rails, cables. */
    static Furnishing trifles(SplittableRandom random) {
        long places = random.nextLong();
        int count = random.nextInt(10, 50);
        return drawing -> {
            SplittableRandom things = new SplittableRandom(places);
            for (int thing = 0; thing < count; thing++) {
                boolean rail = things.nextInt(4) == 0;
                double level = things.nextDouble() * things.nextDouble(0.3, 1.2);
                Colour colour = Colour.of(level, level, level).varied(things, 0.4);
                double width = rail ? things.nextDouble(0.1, 0.6) : things.nextDouble(0.01, 0.07);
                double height = rail ? things.nextDouble(0.004, 0.015) : things.nextDouble(0.01, 0.07);
                double x = things.nextDouble(-0.95, 0.9);
                double y = things.nextDouble(-0.55, 0.5);
                boolean upright = rail && things.nextBoolean();
                drawing.shadedBox(
                        Drawing.rectangle(x, y, upright ? height : width, upright ? width : height),
                        colour,
                        colour.times(0.6));
            }
        };
    }

    /** Makes a monitor that is switched on. */
    static Furnishing screen(SplittableRandom random) {
        double width = random.nextDouble(0.15, 0.4);
        Rectangle2D box =
                Drawing.rectangle(random.nextDouble(-0.8, 0.5), random.nextDouble(-0.4, 0.2), width, width * 0.6);
        Colour glow = Colour.hue(random.nextDouble(), random.nextDouble(0.1, 0.8), random.nextDouble(0.3, 1));
        return drawing -> {
            drawing.box(box, Colour.of(0.06, 0.06, 0.07));
            drawing.shadedBox(
                    Drawing.rectangle(box.getX() + 0.015, box.getY() + 0.015, width - 0.03, width * 0.6 - 0.03),
                    glow,
                    glow.times(0.4));
        };
    }

    /** Makes a light panel in the ceiling. */
    static Furnishing panel(SplittableRandom random) {
        double angle = random.nextDouble(Math.PI);
        double x = random.nextDouble(-0.8, 0.8);
        double y = random.nextDouble(-0.5, 0.5);
        double width = random.nextDouble(0.05, 0.25);
        return drawing -> drawing.at(x, y, angle, () -> {
            drawing.box(Drawing.rectangle(-0.42, -width / 2 - 0.02, 0.84, width + 0.04), Colour.of(0.5, 0.5, 0.5));
            drawing.box(Drawing.rectangle(-0.4, -width / 2, 0.8, width), Colour.WHITE);
        });
    }

    /** Makes an operating lamp: a disc full of bulbs on an arm. */
    static Furnishing lamp(SplittableRandom random) {
        double x = random.nextDouble(-0.5, 0.5);
        double y = random.nextDouble(-0.3, 0.3);
        double radius = random.nextDouble(0.15, 0.4);
        double flat = random.nextDouble(0.5, 1);
        double angle = random.nextDouble(Math.PI);
        int bulbs = 6 + random.nextInt(8);
        Colour housing = Colour.of(0.7, 0.72, 0.74).varied(random, 0.2);
        return drawing -> drawing.at(x, y, angle, () -> {
            drawing.box(Drawing.rectangle(0, -0.03, 2, 0.06), housing.times(0.8));
            drawing.graphics.scale(1, flat);
            drawing.ball(0, 0, radius, housing.times(1.1), housing, housing.times(0.5));
            for (int bulb = 0; bulb < bulbs; bulb++) {
                double turn = 2 * Math.PI * bulb / bulbs;
                double bx = radius * 0.68 * StrictMath.cos(turn);
                double by = radius * 0.68 * StrictMath.sin(turn);
                drawing.ball(bx, by, radius * 0.2, Colour.WHITE, Colour.WHITE, Colour.of(0.8, 0.8, 0.75));
            }
            drawing.ball(0, 0, radius * 0.3, Colour.WHITE, Colour.WHITE, Colour.of(0.8, 0.8, 0.75));
        });
    }

    /** Makes something that reaches into the frame from its border: a fold of a gown, a cable, an arm of a stand. */
    static Furnishing foreground(SplittableRandom random) {
        Path2D path = new Path2D.Double();
        double side = random.nextBoolean() ? 1 : -1;
        path.moveTo(side * 1.2, random.nextDouble(-0.5, 0.5));
        path.curveTo(
                side * random.nextDouble(0.3, 0.8),
                random.nextDouble(-0.4, 0.4),
                random.nextDouble(-0.3, 0.3),
                random.nextDouble(0, 0.7),
                random.nextDouble(-0.5, 0.5),
                0.8);
        Colour colour = DrapeScene.drapeColour(random);
        boolean cable = random.nextBoolean();
        double thickness = random.nextDouble(0.01, 0.05);
        return drawing -> {
            drawing.graphics.setPaint(colour.paint());
            if (cable) {
                drawing.graphics.setStroke(new BasicStroke((float) thickness));
                drawing.graphics.draw(path);
            } else {
                Path2D cloth = new Path2D.Double(path);
                cloth.lineTo(side * 1.2, 0.9);
                drawing.graphics.fill(cloth);
            }
        };
    }
}
