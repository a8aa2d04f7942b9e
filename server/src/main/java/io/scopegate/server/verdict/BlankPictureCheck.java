package io.scopegate.server.verdict;

import io.scopegate.bundle.frame.Picture;
import io.scopegate.server.frame.PictureContent;
import io.scopegate.server.frame.PictureContent.Kind;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Tells without a model whether a picture is black, of one colour or neither. A screen without signal may show a few
 * characters, so a small share of the pixels may differ. One thread at a time.
 */
public final class BlankPictureCheck {

    private static final int SAMPLES_A_SIDE = 64;
    private static final int SAMPLES = SAMPLES_A_SIDE * SAMPLES_A_SIDE;
    private static final int ENOUGH = (int) (0.99 * SAMPLES);

    /** Video black is 16 in limited range, and cameras add noise. */
    private static final int BRIGHTEST_BLACK = 24;

    /** A screen has none of a camera's noise, but JPEG leaves some. */
    private static final int SAME_COLOR_SPREAD = 6;

    private static final int LEVELS = 256;

    private final int[][] histograms = new int[Picture.CHANNELS][LEVELS];
    private final CRC32C crc = new CRC32C();

    /**
     * Returns what the picture shows.
     *
     * @param withDigest whether to compute its digest, by which pictures are compared
     */
    public PictureContent of(Picture picture, boolean withDigest) {
        return new PictureContent(kind(picture), withDigest ? digest(picture) : 0);
    }

    private Kind kind(Picture picture) {
        for (int[] histogram : histograms) {
            Arrays.fill(histogram, 0);
        }
        return sample(picture) >= ENOUGH ? Kind.BLACK : isOneColor() ? Kind.SINGLE_COLOR : Kind.PICTURE;
    }

    /** Fills the histograms from a grid of pixels. Returns how many of them are black. */
    private int sample(Picture picture) {
        int black = 0;
        for (int row = 0; row < SAMPLES_A_SIDE; row++) {
            int y = (2 * row + 1) * picture.height() / (2 * SAMPLES_A_SIDE);
            for (int column = 0; column < SAMPLES_A_SIDE; column++) {
                int x = (2 * column + 1) * picture.width() / (2 * SAMPLES_A_SIDE);
                int brightest = count(picture.rgb(), (y * picture.width() + x) * Picture.CHANNELS);
                black += brightest <= BRIGHTEST_BLACK ? 1 : 0;
            }
        }
        return black;
    }

    private int count(byte[] rgb, int pixel) {
        int brightest = 0;
        for (int channel = 0; channel < Picture.CHANNELS; channel++) {
            int level = Byte.toUnsignedInt(rgb[pixel + channel]);
            histograms[channel][level]++;
            brightest = Math.max(brightest, level);
        }
        return brightest;
    }

    private boolean isOneColor() {
        return Arrays.stream(histograms).allMatch(histogram -> fullestSpread(histogram) >= ENOUGH);
    }

    private static int fullestSpread(int[] histogram) {
        int inside = 0;
        int fullest = 0;
        for (int level = 0; level < LEVELS; level++) {
            inside += histogram[level];
            inside -= level >= SAME_COLOR_SPREAD ? histogram[level - SAME_COLOR_SPREAD] : 0;
            fullest = Math.max(fullest, inside);
        }
        return fullest;
    }

    private int digest(Picture picture) {
        crc.reset();
        crc.update(picture.rgb(), 0, picture.width() * picture.height() * Picture.CHANNELS);
        return (int) crc.getValue();
    }
}
