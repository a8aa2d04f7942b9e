package io.scopegate.trainer.sampledata;

import java.util.SplittableRandom;

/**
 * One rounded body in the field of view: an ellipse, a rod, or a wavy tube for bowel, vessels and ducts.
 *
 * @param tissue what it is made of, already varied for this patient
 * @param x centre in scene units
 * @param y centre in scene units
 * @param angle of its long axis in radians
 * @param shape its outline
 * @param top height of its highest point above the scene plane
 * @param bulge how much lower its rim lies than its top
 * @param softness how far the outline strays from its shape
 */
record Organ(Tissue tissue, double x, double y, double angle, Shape shape, double top, double bulge, double softness) {

    /** An outline around the origin, with its long axis along x. */
    sealed interface Shape {
        /** Returns an upper bound of the distance from the centre to the rim, so that pixels far away are skipped. */
        double reach();

        /** Returns an upper bound of half the extent across the long axis, for the same purpose. */
        double breadth();

        /**
         * Returns 1 in the middle, 0 at the rim and less outside. It is the square of the relative height of a circular
         * cross-section.
         */
        double inside(double along, double across);
    }

    /** An ellipse. */
    record Ellipse(double length, double breadth) implements Shape {
        @Override
        public double reach() {
            return Math.max(length, breadth);
        }

        @Override
        public double inside(double along, double across) {
            double a = along / length;
            double b = across / breadth;
            return 1 - a * a - b * b;
        }
    }

    /** A rod with round ends: a finger, a handle. */
    record Rod(double length, double radius) implements Shape {
        @Override
        public double breadth() {
            return radius;
        }

        @Override
        public double reach() {
            return length + radius;
        }

        @Override
        public double inside(double along, double across) {
            double beyond = Math.max(0, Math.abs(along) - length) / radius;
            double aside = across / radius;
            return 1 - beyond * beyond - aside * aside;
        }
    }

    /** A tube of this radius along a wave, constricted at intervals like bowel. */
    record Tube(double radius, double swing, double frequency, double constriction) implements Shape {
        @Override
        public double breadth() {
            return radius + swing;
        }

        @Override
        public double reach() {
            return 3;
        }

        @Override
        public double inside(double along, double across) {
            double path = swing * Noise.wave(along * frequency);
            double slope = swing * frequency * Noise.wave(along * frequency + Math.PI / 2);
            double local = radius * (1 - constriction * Math.abs(Noise.wave(along * 1.2 / radius)));
            double d = (across - path) / (local * Math.sqrt(1 + slope * slope));
            return 1 - d * d;
        }
    }

    /** Returns the same body with a clean outline, lying on top of everything. */
    Organ firm() {
        return new Organ(tissue, x, y, angle, shape, top + 0.3, bulge, 0);
    }

    /** Returns an ellipse somewhere in the field of view. */
    static Organ ellipse(Tissue tissue, SplittableRandom random, double size) {
        double length = size * random.nextDouble(0.8, 1.4);
        return new Organ(
                tissue,
                random.nextDouble(-0.75, 0.75),
                random.nextDouble(-0.45, 0.45),
                random.nextDouble(Math.PI),
                new Ellipse(length, length * random.nextDouble(0.45, 0.9)),
                random.nextDouble(-0.1, 0.15),
                random.nextDouble(0.5, 0.9) * size * 0.7,
                random.nextDouble(0.1, 0.24));
    }

    /** Returns a tube right across the field of view. */
    static Organ tube(Tissue tissue, SplittableRandom random, double radius) {
        return new Organ(
                tissue,
                random.nextDouble(-0.3, 0.3),
                random.nextDouble(-0.45, 0.45),
                random.nextDouble(Math.PI),
                new Tube(radius, random.nextDouble(0.02, 0.2), random.nextDouble(2, 6), random.nextDouble(0.02, 0.2)),
                random.nextDouble(-0.05, 0.12),
                radius * random.nextDouble(0.7, 1),
                random.nextDouble(0.1, 0.24));
    }
}
