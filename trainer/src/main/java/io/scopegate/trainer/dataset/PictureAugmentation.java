package io.scopegate.trainer.dataset;

import io.scopegate.bundle.frame.Picture;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Changes a picture at random before preprocessing, to make up for few frames from few cameras. It changes crop,
 * colour, light and sharpness, and adds the black surround of an endoscope and the menus of its camera to frames of
 * both labels. Used by one thread at a time.
 */
public final class PictureAugmentation {

    private static final double MAX_SATURATION = 1.4;
    private static final double MAX_ASPECT = 0.25;
    private static final double LARGEST_BLUR = 6;
    private static final double MIN_CHROMA = 0.4;
    private static final double MAX_CHROMA = 1.8;
    private static final double MAX_EDGE_DISTANCE = 0.35;

    private final Settings settings;
    private final Canvas canvas = new Canvas();

    /**
     * How much is changed, and how often. Probabilities are from 0 to 1.
     *
     * @param minZoom smallest part of width and height that is kept
     * @param maxZoom largest part of width and height that is kept; over 1, the border is repeated
     * @param maxRotation largest rotation in either direction, in radians
     * @param color strength of changes of colour and light, from 0 for none to 1 for strong
     * @param blurProbability how often the picture is blurred
     * @param shadeProbability how often light falls off to one side
     * @param glareProbability how often a spot is overexposed
     * @param surroundProbability how often everything outside a disc is black
     * @param overlayProbability how often a panel with lines covers a part
     * @param collageProbability how often a part shows another picture with the same label
     * @param recolorProbability how often the hues of an out-of-body picture are rotated, since a room may have any
     *     colour
     */
    public record Settings(
            double minZoom,
            double maxZoom,
            double maxRotation,
            double color,
            double blurProbability,
            double shadeProbability,
            double glareProbability,
            double surroundProbability,
            double overlayProbability,
            double collageProbability,
            double recolorProbability) {}

    PictureAugmentation(Settings settings) {
        this.settings = settings;
    }

    /**
     * Returns the changed picture of 256 x 256 pixels, whatever the original's aspect ratio. It is valid until the next
     * call.
     *
     * @param alike pictures with the same label, one of which may be shown in a part
     */
    Picture apply(Picture picture, Label label, List<Picture> alike, RandomGenerator random) {
        canvas.sample(picture, view(picture, random));
        if (happens(settings.collageProbability, random)) {
            collage(alike.get(random.nextInt(alike.size())), random);
        }
        if (label == Label.OUT_OF_BODY && happens(settings.recolorProbability, random)) {
            canvas.turnHues(random.nextDouble() * 2 * Math.PI, random.nextDouble(MIN_CHROMA, MAX_CHROMA));
        }
        light(random);
        canvas.color(color(random));
        if (random.nextDouble() < settings.blurProbability) {
            canvas.blur(1 + (int) (random.nextDouble() * random.nextDouble() * LARGEST_BLUR));
        }
        if (random.nextDouble() < settings.surroundProbability) {
            surround((double) picture.width() / picture.height(), random);
        }
        if (random.nextDouble() < settings.overlayProbability) {
            overlay(random);
        }
        return canvas.toPicture(random);
    }

    /**
     * Draws no random number if the probability is 0, so that plans without a setting give the same weights as before.
     */
    private static boolean happens(double probability, RandomGenerator random) {
        return probability > 0 && random.nextDouble() < probability;
    }

    private void collage(Picture other, RandomGenerator random) {
        double direction = random.nextDouble() * 2 * Math.PI;
        canvas.sampleBeyond(
                new Canvas.Edge(direction, random.nextDouble(-MAX_EDGE_DISTANCE, MAX_EDGE_DISTANCE)),
                other,
                view(other, random));
    }

    private Canvas.View view(Picture picture, RandomGenerator random) {
        double zoom = zoom(random);
        double aspect = Math.exp(symmetric(random, MAX_ASPECT) / 2);
        double angle = symmetric(random, settings.maxRotation) * random.nextDouble();
        double play = Math.max(0, 1 - zoom) / 2;
        return new Canvas.View(
                picture.width() * (0.5 + symmetric(random, play)),
                picture.height() * (0.5 + symmetric(random, play)),
                picture.width() * zoom * aspect,
                picture.height() * zoom / aspect,
                angle);
    }

    /** Draws a zoom. A generator refuses an empty range, so equal bounds are handled here. */
    private double zoom(RandomGenerator random) {
        return settings.minZoom < settings.maxZoom
                ? random.nextDouble(settings.minZoom, settings.maxZoom)
                : settings.minZoom;
    }

    private void light(RandomGenerator random) {
        if (random.nextDouble() < settings.shadeProbability) {
            canvas.shade(random.nextDouble() * 2 * Math.PI, random.nextDouble(0.3, 1));
        }
        if (random.nextDouble() < settings.glareProbability) {
            canvas.glare(random.nextDouble(), random.nextDouble(), random.nextDouble(0.05, 0.3));
        }
    }

    private Canvas.Color color(RandomGenerator random) {
        double color = settings.color;
        double[] gains = new double[Picture.CHANNELS];
        double exposure = Math.exp(symmetric(random, 0.4 * color));
        for (int channel = 0; channel < gains.length; channel++) {
            gains[channel] = exposure * Math.exp(symmetric(random, 0.25 * color));
        }
        double saturation = 1 + color * random.nextDouble(-0.6, MAX_SATURATION - 1);
        return new Canvas.Color(gains, saturation, Math.exp(symmetric(random, 0.4 * color)));
    }

    private void surround(double aspect, RandomGenerator random) {
        double radius = random.nextDouble(0.38, 0.75);
        canvas.surround(new Canvas.Disc(
                0.5 + symmetric(random, 0.06),
                0.5 + symmetric(random, 0.1),
                radius / aspect,
                radius,
                14 * random.nextDouble()));
    }

    private void overlay(RandomGenerator random) {
        double width = random.nextDouble(0.05, 0.45);
        double height = random.nextDouble(0.05, 0.6);
        double left = random.nextDouble() * (1 - width);
        double top = random.nextDouble() * (1 - height);
        double[] color = {255 * random.nextDouble(), 255 * random.nextDouble(), 255 * random.nextDouble()};
        canvas.panel(new Canvas.Panel(left, top, width, height, color), random);
    }

    private static double symmetric(RandomGenerator random, double bound) {
        return (2 * random.nextDouble() - 1) * bound;
    }
}
