package io.scopegate.trainer.sampledata;

import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Letters of 5 x 7 dots, like those of a video tower's overlay. The renderer brings its own so that frames are the same
 * on machines with other fonts or none.
 */
final class Glyphs {
    /**
     * The characters that can be drawn, in the order of {@link #COLUMNS}, where each byte is a column, from left to
     * right; its lowest bit is the top dot.
     */
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:/-.";

    private static final long[] COLUMNS = {
        0x7e1111117eL, 0x7f49494936L, 0x3e41414122L, 0x7f4141221cL, 0x7f49494941L, 0x7f09090901L, 0x3e4149497aL,
        0x7f0808087fL, 0x00417f4100L, 0x2040413f01L, 0x7f08142241L, 0x7f40404040L, 0x7f020c027fL, 0x7f0408107fL,
        0x3e4141413eL, 0x7f09090906L, 0x3e4151215eL, 0x7f09192946L, 0x4649494931L, 0x01017f0101L, 0x3f4040403fL,
        0x1f2040201fL, 0x3f4038403fL, 0x6314081463L, 0x0708700807L, 0x6151494543L, 0x3e5149453eL, 0x00427f4000L,
        0x4261514946L, 0x2141454b31L, 0x1814127f10L, 0x2745454539L, 0x3c4a494930L, 0x0171090503L, 0x3649494936L,
        0x064949291eL, 0x0036360000L, 0x2010080402L, 0x0808080808L, 0x0060600000L
    };

    private static final String[] WORDS = {
        "GAIN",
        "FLOW",
        "PRESSURE",
        "LIGHT",
        "MODE",
        "ZOOM",
        "WB",
        "REC",
        "CAM 1",
        "HD",
        "IRIS",
        "EXIT",
        "MENU",
        "PRIMARY",
        "PATIENT",
        "ID",
        "SCOPE",
        "AUTO",
        "MMHG",
        "L/MIN",
        "STANDBY",
        "VIDEO",
        "PRINT",
        "DR."
    };

    private Glyphs() {}

    /**
     * Draws the text with its upper left corner at x, y. Each letter, with the gap after it, is dot * 6 wide and dot *
     * 7 high; characters without a glyph leave a gap.
     */
    static void draw(Graphics2D graphics, String text, double[] at, double dot) {
        Path2D dots = new Path2D.Double();
        for (int i = 0; i < text.length(); i++) {
            int letter = LETTERS.indexOf(text.charAt(i));
            if (letter >= 0) {
                append(dots, COLUMNS[letter], new double[] {at[0] + i * 6 * dot, at[1]}, dot);
            }
        }
        graphics.fill(dots);
    }

    private static void append(Path2D dots, long columns, double[] at, double dot) {
        for (int column = 0; column < 5; column++) {
            long bits = columns >> 8 * (4 - column);
            for (int row = 0; row < 7; row++) {
                if ((bits >> row & 1) == 1) {
                    dots.append(Drawing.rectangle(at[0] + column * dot, at[1] + row * dot, dot, dot), false);
                }
            }
        }
    }

    /** Returns a random text: a word, a word with a number, a date or a clock time. */
    static String text(SplittableRandom random) {
        String word = WORDS[random.nextInt(WORDS.length)];
        return switch (random.nextInt(5)) {
            case 0 -> String.format(Locale.ROOT, "%s %d", word, random.nextInt(100));
            case 1 ->
                String.format(
                        Locale.ROOT, "%02d:%02d:%02d", random.nextInt(24), random.nextInt(60), random.nextInt(60));
            case 2 ->
                String.format(
                        Locale.ROOT,
                        "%02d/%02d/%d",
                        1 + random.nextInt(28),
                        1 + random.nextInt(12),
                        random.nextInt(2009, 2030));
            case 3 -> String.format(Locale.ROOT, "%s: %d.%d", word, random.nextInt(10), random.nextInt(10));
            default -> word;
        };
    }
}
