package io.scopegate.trainer.sampledata;

import java.util.SplittableRandom;

/**
 * One patient's variant of a kind of tissue: its colours, and the scale and origin of its texture.
 *
 * @param kind what it is
 * @param base main colour
 * @param second colour of the mottling
 * @param vessel colour of vessels
 * @param scale texture cells per scene unit
 * @param offset shift of the texture, so that no two tissues look alike
 * @param grainCos cosine of the direction of the fibres
 * @param grainSin sine of the direction of the fibres
 */
record Tissue(
        TissueKind kind,
        Colour base,
        Colour second,
        Colour vessel,
        double scale,
        double offset,
        double grainCos,
        double grainSin) {

    static Tissue of(TissueKind kind, SplittableRandom random) {
        double angle = random.nextDouble(Math.PI);
        return new Tissue(
                kind,
                kind.base.varied(random, 0.14),
                kind.second.varied(random, 0.14),
                Colour.of(0.42, 0.08, 0.12).varied(random, 0.3),
                random.nextDouble(3, 9),
                random.nextDouble(8),
                StrictMath.cos(angle),
                StrictMath.sin(angle));
    }

    /** Returns the same tissue in another main colour. */
    Tissue dyed(Colour colour) {
        return new Tissue(kind, colour, second, vessel, scale, offset, grainCos, grainSin);
    }

    /**
     * Returns the height of the fine relief (roughness and lobules) at a point, in scene units; except for gauze, it is
     * in proportion to the size of a texture cell.
     */
    float bump(Noise noise, double x, double y) {
        TissueKind.Surface surface = kind.surface;
        double u = x * scale + offset;
        double v = y * scale + 2 * offset;
        float bump = (float) surface.rough() * noise.fractal(u, v);
        if (kind == TissueKind.GAUZE) {
            return (float) (weave(x, y) + 0.3 * bump);
        }
        if (surface.lobules() > 0.1) {
            float cell = noise.cells(u * 0.8 + 0.2 * bump, v * 0.8);
            bump -= (float) surface.lobules() * 1.5f * cell * cell;
        }
        return bump * (float) (0.085 / scale);
    }

    private static float weave(double x, double y) {
        return (float) (0.004 * (Noise.wave(x * 260) * Noise.wave(y * 260)));
    }

    /** Writes the colour of a point into the canvas. */
    void colour(Noise noise, Canvas canvas, int offsetRgb, double x, double y) {
        double u = x * scale + offset;
        double v = y * scale + 2 * offset;
        float mottle = noise.fractal(u * 0.6 + 3, v * 0.6);
        float fibre = noise.fractal((u * grainCos + v * grainSin) * 0.35, (v * grainCos - u * grainSin) * 2.2);
        float share = Math.clamp(0.5f + (0.8f * mottle + 0.5f * fibre) * (float) kind.surface.mottle(), 0, 1);
        canvas.set(offsetRgb, base);
        canvas.blend(offsetRgb, second, share);
        canvas.scale(offsetRgb, 1 + 0.16f * fibre * (float) kind.surface.mottle());
        if (kind.surface.vessels() > 0.08) {
            float line = vessel(noise, u, v);
            if (line > 0) {
                canvas.blend(offsetRgb, vessel, line);
            }
        }
    }

    /**
     * Returns how much of a vessel lies at a point, 0 to 0.7. There are long lines along the fibres and finer ones that
     * branch off.
     */
    private float vessel(Noise noise, double u, double v) {
        float density = 1.2f * noise.smooth(u * 0.23 + 1.7, v * 0.23) + 2 * (float) kind.surface.vessels() - 0.75f;
        if (density <= 0) {
            return 0;
        }
        float bend = 0.12f * noise.fractal(u * 0.8, v * 0.8 + 5);
        double along = u * grainCos + v * grainSin;
        double across = v * grainCos - u * grainSin + bend;
        float large = Math.abs(noise.smooth(along * 0.12 + 2, across * 0.55));
        float small = Math.abs(noise.smooth(along * 0.5 + across * 0.3, across * 1.3 - along * 0.4));
        float line = Math.max(1 - large / 0.035f, 0.55f * (1 - small / 0.05f));
        return Math.min(0.7f, 1.5f * line) * Math.min(1, 2 * density);
    }
}
