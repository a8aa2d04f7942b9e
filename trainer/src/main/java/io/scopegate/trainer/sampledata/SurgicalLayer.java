package io.scopegate.trainer.sampledata;

import java.awt.BasicStroke;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Something that surgery adds in front of the organs. */
sealed interface SurgicalLayer {
    /** Draws this layer over the canvas. */
    void lay(Canvas canvas, View view, Headlight lamp);

    /** Chooses the layers for a region: usually none to two instruments, now and then clips, thread or haze. */
    static List<SurgicalLayer> choose(SplittableRandom random, Anatomy.Recipe recipe, Noise noise) {
        List<SurgicalLayer> layers = new ArrayList<>();
        boolean operating = recipe == Anatomy.Recipe.DISSECTION || recipe == Anatomy.Recipe.BLEEDING;
        if (random.nextInt(8) == 0 || operating && random.nextInt(4) == 0) {
            layers.add(Clips.of(random));
        }
        if (random.nextInt(10) == 0) {
            layers.add(Thread.of(random));
        }
        int instruments = recipe == Anatomy.Recipe.CLOSE ? random.nextInt(2) * random.nextInt(2) : random.nextInt(3);
        for (int i = 0; i < instruments; i++) {
            layers.add(Tool.of(random));
        }
        if (recipe == Anatomy.Recipe.SMOKE || random.nextInt(15) == 0) {
            layers.add(Haze.of(random, noise));
        }
        return List.copyOf(layers);
    }

    /** An instrument that enters from the border and works near the middle. */
    record Tool(Instrument instrument, double x, double y, double angle, double pace) implements SurgicalLayer {
        static Tool of(SplittableRandom random) {
            return new Tool(
                    Instrument.of(random),
                    random.nextDouble(-0.4, 0.4),
                    random.nextDouble(-0.3, 0.3),
                    random.nextDouble(2 * Math.PI),
                    random.nextDouble(1, 3));
        }

        @Override
        public void lay(Canvas canvas, View view, Headlight lamp) {
            double sway = 0.04 * StrictMath.sin(view.phase() * pace);
            try (Drawing drawing = Drawing.layer(canvas, view)) {
                drawing.at(x + 0.02 + sway, y + 0.035, angle + sway, () -> shadow(drawing));
                drawing.at(x + sway, y, angle + sway, () -> instrument.draw(drawing.graphics));
                canvas.lay(drawing.image, lamp, 0.15f);
            }
        }

        private void shadow(Drawing drawing) {
            for (int ring = 0; ring < 3; ring++) {
                double half = instrument.width() * (0.4 + 0.15 * ring);
                drawing.graphics.setPaint(Colour.BLACK.paint(0.18));
                drawing.graphics.fill(Drawing.rectangle(instrument.width(), -half, 3, 2 * half));
            }
        }
    }

    /** A row of titanium clips. */
    record Clips(double x, double y, double angle, int count, double size) implements SurgicalLayer {
        static Clips of(SplittableRandom random) {
            return new Clips(
                    random.nextDouble(-0.3, 0.3),
                    random.nextDouble(-0.2, 0.2),
                    random.nextDouble(Math.PI),
                    1 + random.nextInt(3),
                    random.nextDouble(0.04, 0.09));
        }

        @Override
        public void lay(Canvas canvas, View view, Headlight lamp) {
            try (Drawing drawing = Drawing.layer(canvas, view)) {
                for (int clip = 0; clip < count; clip++) {
                    double along = clip * size * 0.5;
                    drawing.at(x + along, y + along * 0.4, angle + clip * 0.12, () -> {
                        drawing.box(Drawing.rectangle(-size / 2, 0, size, size * 0.24), Colour.hex(0x303034));
                        drawing.box(Drawing.rectangle(-size / 2, 0, size, size * 0.13), Colour.hex(0xe0e0e4));
                    });
                }
                canvas.lay(drawing.image, lamp, 0);
            }
        }
    }

    /** A loop of suture. */
    record Thread(List<Double> points, Colour colour, double width) implements SurgicalLayer {
        static Thread of(SplittableRandom random) {
            List<Double> points = random.doubles(14, -0.4, 0.4).boxed().toList();
            Colour colour = random.nextBoolean() ? Colour.hex(0xb89878) : Colour.hue(0.7, 0.4, 0.35);
            return new Thread(points, colour, random.nextDouble(0.004, 0.01));
        }

        @Override
        public void lay(Canvas canvas, View view, Headlight lamp) {
            try (Drawing drawing = Drawing.layer(canvas, view)) {
                Path2D path = new Path2D.Double();
                path.moveTo(points.get(0), points.get(1));
                for (int i = 2; i + 5 < points.size(); i += 6) {
                    path.curveTo(
                            points.get(i),
                            points.get(i + 1),
                            points.get(i + 2),
                            points.get(i + 3),
                            points.get(i + 4),
                            points.get(i + 5));
                }
                drawing.graphics.setStroke(new BasicStroke((float) width));
                drawing.graphics.setPaint(colour.paint());
                drawing.graphics.draw(path);
                canvas.lay(drawing.image, lamp, 0.05f);
            }
        }
    }

    /** Drifting smoke or steam of uneven density. */
    record Haze(Noise noise, Colour colour, double offset, double density) implements SurgicalLayer {
        static Haze of(SplittableRandom random, Noise noise) {
            Colour warm = Colour.of(0.5, 0.46, 0.45);
            Colour colour =
                    warm.mix(Colour.of(0.36, 0.42, 0.47), random.nextDouble()).varied(random, 0.2);
            return new Haze(noise, colour, random.nextDouble(8), random.nextDouble(0.15, 0.7));
        }

        @Override
        public void lay(Canvas canvas, View view, Headlight lamp) {
            double drift = offset + 0.15 * view.phase();
            for (int row = 0; row < canvas.height; row++) {
                for (int column = 0; column < canvas.width; column++) {
                    double x = canvas.screenX(column);
                    double y = canvas.screenY(row);
                    float cloud = noise.smooth(x * 1.1 + drift, y * 1.1 + 0.4 * drift);
                    float share = Math.clamp((float) density * (0.8f + 0.7f * cloud), 0, 0.92f);
                    canvas.blend(3 * (row * canvas.width + column), colour.times(lamp.at(x, y, 0.2f)), share);
                }
            }
        }
    }
}
