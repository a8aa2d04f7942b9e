package io.scopegate.trainer.sampledata;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * A scene inside the patient: organs one behind the other, wet and lit by the scope, with instruments and other traces
 * of surgery.
 */
final class TissueScene implements Scene {
    private final Noise noise;
    private final Anatomy anatomy;
    private final Headlight lamp;
    private final double glare;
    private final double shift;
    private final List<SurgicalLayer> layers;
    /** Tissues by owner mark: the background, then the organs. An array, because it is read for each pixel. */
    private final Tissue[] tissues;

    private TissueScene(Anatomy.Recipe recipe, SplittableRandom random, Noise noise) {
        this.noise = noise;
        this.anatomy = Anatomy.of(recipe, random);
        this.lamp = Headlight.scope(random);
        this.glare = random.nextDouble(0.3, 1.2);
        this.shift = random.nextDouble(8);
        this.tissues = Stream.concat(
                        Stream.of(anatomy.background()),
                        anatomy.organs().stream().map(Organ::tissue))
                .toArray(Tissue[]::new);
        this.layers = SurgicalLayer.choose(random, recipe, noise);
    }

    static TissueScene of(Anatomy.Recipe recipe, SplittableRandom random, Noise noise) {
        return new TissueScene(recipe, random, noise);
    }

    @Override
    public void paint(Canvas canvas, View view) {
        Relief relief = new Relief(canvas, view);
        byte[] owners = new byte[canvas.width * canvas.height];
        backdrop(relief);
        for (int organ = 0; organ < anatomy.organs().size(); organ++) {
            relief.raise(anatomy.organs().get(organ), noise, owners, (byte) (organ + 1));
        }
        roughen(relief, owners);
        relief.illuminate(lamp, 6);
        colour(canvas, relief, owners);
        for (SurgicalLayer layer : layers) {
            layer.lay(canvas, view, lamp);
        }
    }

    private void backdrop(Relief relief) {
        double relievo = anatomy.relievo();
        for (int row = 0; row < relief.height; row++) {
            for (int column = 0; column < relief.width; column++) {
                double x = relief.grid.x(column, row);
                double y = relief.grid.y(column, row);
                relief.heights[row * relief.width + column] = (float) (anatomy.depth()
                        + x * anatomy.tiltX()
                        + y * anatomy.tiltY()
                        + relievo * noise.smooth(x * 1.3 + shift, y * 1.3));
            }
        }
    }

    private void roughen(Relief relief, byte[] owners) {
        for (int row = 0; row < relief.height; row++) {
            for (int column = 0; column < relief.width; column++) {
                int i = row * relief.width + column;
                relief.heights[i] +=
                        tissues[owners[i]].bump(noise, relief.grid.x(column, row), relief.grid.y(column, row));
            }
        }
    }

    private void colour(Canvas canvas, Relief relief, byte[] owners) {
        for (int row = 0; row < relief.height; row++) {
            for (int column = 0; column < relief.width; column++) {
                int i = row * relief.width + column;
                double x = relief.grid.x(column, row);
                double y = relief.grid.y(column, row);
                Tissue tissue = tissues[owners[i]];
                tissue.colour(noise, canvas, 3 * i, x, y);
                for (Anatomy.Stain stain : anatomy.stains()) {
                    float share = stain.share(noise, x, y);
                    if (share > 0) {
                        canvas.blend(3 * i, stain.colour(), share);
                    }
                }
                shine(canvas, relief, i, tissue);
            }
        }
    }

    private void shine(Canvas canvas, Relief relief, int i, Tissue tissue) {
        float light = relief.light[i];
        float mirror = (float) (relief.glint[i] * tissue.kind().surface.wet() * glare) * Math.min(1.5f, light);
        canvas.rgb[3 * i] = canvas.rgb[3 * i] * light + mirror;
        canvas.rgb[3 * i + 1] = canvas.rgb[3 * i + 1] * light + mirror * 0.94f;
        canvas.rgb[3 * i + 2] = canvas.rgb[3 * i + 2] * light + mirror * 0.96f;
    }
}
