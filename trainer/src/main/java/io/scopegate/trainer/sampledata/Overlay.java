package io.scopegate.trainer.sampledata;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.SplittableRandom;

/**
 * What the video tower prints over the picture: lines of text in the corners, a bar of icons, a menu. Drawn with the
 * same probabilities for both classes.
 */
record Overlay(boolean icons, boolean menu, int lines, long contents) {

    static Overlay draw(SplittableRandom random) {
        boolean any = random.nextInt(5) < 3;
        return new Overlay(
                any && random.nextInt(6) == 0,
                any && random.nextInt(10) == 0,
                any ? 1 + random.nextInt(4) : 0,
                random.nextLong());
    }

    void print(BufferedImage image) {
        SplittableRandom random = new SplittableRandom(contents);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.scale(image.getHeight(), image.getHeight());
            double aspect = (double) image.getWidth() / image.getHeight();
            corners(graphics, random, aspect);
            if (icons) {
                iconBar(graphics, random);
            }
            if (menu) {
                menuBox(graphics, random, aspect);
            }
        } finally {
            graphics.dispose();
        }
    }

    private void corners(Graphics2D graphics, SplittableRandom random, double aspect) {
        double dot = random.nextDouble(0.0015, 0.005);
        Colour ink = random.nextInt(4) == 0 ? Colour.hue(random.nextDouble(), 0.7, 1) : Colour.of(0.85, 0.85, 0.85);
        graphics.setPaint(ink.paint());
        for (int line = 0; line < lines; line++) {
            String text = Glyphs.text(random);
            double width = text.length() * 6 * dot;
            boolean right = random.nextInt(3) == 0;
            double x = right ? aspect - width - 0.02 : random.nextDouble(0.02, 0.08);
            double y = random.nextInt(3) == 0 ? 0.03 + line * dot * 9 : 0.96 - (line + 1) * dot * 9;
            Glyphs.draw(graphics, text, new double[] {x, y}, dot);
        }
    }

    private static void iconBar(Graphics2D graphics, SplittableRandom random) {
        double size = random.nextDouble(0.04, 0.07);
        int count = 4 + random.nextInt(5);
        Colour blue = Colour.hex(0x1e5a9e).varied(random, 0.3);
        for (int icon = 0; icon < count; icon++) {
            double y = 0.06 + icon * size * 1.25;
            graphics.setPaint(blue.paint());
            graphics.fill(Drawing.rectangle(0.1, y, size, size));
            graphics.setPaint(Colour.WHITE.paint(0.8));
            graphics.fill(Drawing.disc(0.1 + size / 2, y + size / 2, size * random.nextDouble(0.12, 0.35)));
        }
    }

    private static void menuBox(Graphics2D graphics, SplittableRandom random, double aspect) {
        double width = aspect * random.nextDouble(0.2, 0.34);
        double x = random.nextDouble(0.05, 0.6) * aspect;
        double y = random.nextDouble(0.2, 0.6);
        int rows = 3 + random.nextInt(3);
        Colour blue = Colour.hex(0x285a9c).varied(random, 0.3);
        graphics.setPaint(blue.paint(0.92));
        graphics.fill(Drawing.rectangle(x, y, width, 0.05 * rows + 0.02));
        for (int row = 0; row < rows; row++) {
            graphics.setPaint(Colour.WHITE.paint(0.9));
            Glyphs.draw(graphics, Glyphs.text(random), new double[] {x + 0.02, y + 0.02 + row * 0.05}, 0.0035);
            graphics.setPaint(blue.mix(Colour.WHITE, 0.5).paint());
            graphics.fill(Drawing.rectangle(x + width * 0.7, y + 0.015 + row * 0.05, width * 0.25, 0.032));
        }
    }
}
