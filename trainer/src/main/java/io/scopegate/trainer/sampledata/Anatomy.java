package io.scopegate.trainer.sampledata;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The tissues and organs in the field of view inside the patient.
 *
 * @param background tissue behind everything
 * @param organs at most 100 bodies in front of it
 * @param stains blood, char and bile on top of the tissues
 * @param depth height of the background, negative
 * @param tiltX slope of the background along x
 * @param tiltY slope of the background along y
 * @param relievo how much the background rises and falls
 */
record Anatomy(
        Tissue background,
        List<Organ> organs,
        List<Stain> stains,
        double depth,
        double tiltX,
        double tiltY,
        double relievo) {

    /** The region or situation that is shown. */
    enum Recipe {
        /** An overview of mixed organs. */
        CAVITY,
        /** Loops of bowel with their mesentery. */
        BOWEL,
        /** Liver and gallbladder with fat below. */
        LIVER,
        /** Lobules of yellow fat. */
        OMENTUM,
        /** Pink serosa and uterus. */
        PELVIS,
        /** Raw, bleeding, cauterised tissue. */
        DISSECTION,
        /** The lens almost touches one organ. */
        CLOSE,
        /** Pools of blood. */
        BLEEDING,
        /** Haze of the electric knife. */
        SMOKE,
        /** White gauze or a blue sponge packed between organs. */
        PACKING
    }

    /** A film that covers tissue where a noise exceeds a threshold. */
    record Stain(Colour colour, double scale, double offset, double threshold) {
        float share(Noise noise, double x, double y) {
            float value = noise.fractal(x * scale + offset, y * scale) - (float) threshold;
            return Math.clamp(value * 5, 0, 0.85f);
        }
    }

    static Anatomy of(Recipe recipe, SplittableRandom random) {
        List<Organ> organs = new ArrayList<>();
        TissueKind background = populate(recipe, organs, random);
        return new Anatomy(
                Tissue.of(background, random),
                List.copyOf(organs),
                stains(recipe, random),
                random.nextDouble(-0.7, -0.2),
                random.nextDouble(-0.4, 0.4),
                random.nextDouble(-0.6, 0.2),
                random.nextDouble(0.05, 0.3));
    }

    private static TissueKind populate(Recipe recipe, List<Organ> organs, SplittableRandom random) {
        return switch (recipe) {
            case CAVITY, SMOKE -> cavity(organs, random);
            case BOWEL -> bowel(organs, random);
            case LIVER -> liver(organs, random);
            case OMENTUM -> omentum(organs, random);
            case PELVIS -> pelvis(organs, random);
            case DISSECTION, BLEEDING -> dissection(organs, random);
            case CLOSE -> close(organs, random);
            case PACKING -> packing(organs, random);
        };
    }

    private static TissueKind cavity(List<Organ> organs, SplittableRandom random) {
        add(organs, random, 1 + random.nextInt(3), 0.5, TissueKind.SEROSA, TissueKind.PERITONEUM, TissueKind.LIVER);
        add(organs, random, random.nextInt(4), 0.4, TissueKind.FAT, TissueKind.MESENTERY, TissueKind.PALE_LIVER);
        add(organs, random, random.nextInt(2), 0.3, TissueKind.GALLBLADDER, TissueKind.UTERUS, TissueKind.MUSCLE);
        return pick(random, TissueKind.PERITONEUM, TissueKind.MESENTERY, TissueKind.LIVER, TissueKind.MUSCLE);
    }

    private static TissueKind bowel(List<Organ> organs, SplittableRandom random) {
        for (int loop = 2 + random.nextInt(4); loop > 0; loop--) {
            Tissue tissue = Tissue.of(pick(random, TissueKind.SEROSA, TissueKind.PERITONEUM), random);
            organs.add(Organ.tube(tissue, random, random.nextDouble(0.1, 0.28)));
        }
        add(organs, random, random.nextInt(3), 0.25, TissueKind.FAT, TissueKind.MESENTERY);
        return pick(random, TissueKind.MESENTERY, TissueKind.FAT, TissueKind.PERITONEUM);
    }

    private static TissueKind liver(List<Organ> organs, SplittableRandom random) {
        TissueKind liver = pick(random, TissueKind.LIVER, TissueKind.PALE_LIVER);
        add(organs, random, 1 + random.nextInt(2), 0.75, liver);
        add(organs, random, 1 + random.nextInt(2), 0.3, TissueKind.GALLBLADDER, TissueKind.SEROSA);
        add(organs, random, random.nextInt(4), 0.3, TissueKind.FAT, TissueKind.RAW, TissueKind.SEROSA);
        return pick(random, liver, TissueKind.FAT, TissueKind.PERITONEUM);
    }

    private static TissueKind omentum(List<Organ> organs, SplittableRandom random) {
        add(organs, random, 3 + random.nextInt(5), 0.35, TissueKind.FAT, TissueKind.FAT, TissueKind.MESENTERY);
        add(organs, random, random.nextInt(2), 0.5, TissueKind.SEROSA, TissueKind.LIVER);
        return pick(random, TissueKind.FAT, TissueKind.MESENTERY, TissueKind.PERITONEUM);
    }

    private static TissueKind pelvis(List<Organ> organs, SplittableRandom random) {
        add(organs, random, 1 + random.nextInt(3), 0.45, TissueKind.UTERUS, TissueKind.SEROSA);
        if (random.nextBoolean()) {
            organs.add(Organ.tube(Tissue.of(TissueKind.UTERUS, random), random, random.nextDouble(0.03, 0.09)));
        }
        return pick(random, TissueKind.PERITONEUM, TissueKind.UTERUS);
    }

    private static TissueKind dissection(List<Organ> organs, SplittableRandom random) {
        add(organs, random, 2 + random.nextInt(5), 0.35, TissueKind.RAW, TissueKind.MUSCLE, TissueKind.FAT);
        add(organs, random, random.nextInt(3), 0.15, TissueKind.BLOOD, TissueKind.CHAR, TissueKind.SEROSA);
        return pick(random, TissueKind.RAW, TissueKind.MUSCLE, TissueKind.LIVER, TissueKind.UTERUS);
    }

    private static TissueKind close(List<Organ> organs, SplittableRandom random) {
        add(organs, random, random.nextInt(3), 0.9, TissueKind.SEROSA, TissueKind.PERITONEUM, TissueKind.FAT);
        return pick(random, TissueKind.PERITONEUM, TissueKind.FAT, TissueKind.MUSCLE, TissueKind.LIVER);
    }

    private static TissueKind packing(List<Organ> organs, SplittableRandom random) {
        TissueKind background = cavity(organs, random);
        Tissue gauze = Tissue.of(TissueKind.GAUZE, random);
        Colour dyed = random.nextInt(3) == 0 ? Colour.hue(random.nextDouble(0.4, 0.62), 0.6, 0.6) : gauze.base();
        organs.add(Organ.ellipse(gauze.dyed(dyed), random, random.nextDouble(0.2, 0.4)));
        return background;
    }

    private static void add(List<Organ> organs, SplittableRandom random, int count, double size, TissueKind... kinds) {
        for (int i = 0; i < count; i++) {
            Tissue tissue = Tissue.of(pick(random, kinds), random);
            organs.add(Organ.ellipse(tissue, random, size * random.nextDouble(0.7, 1.3)));
        }
    }

    private static TissueKind pick(SplittableRandom random, TissueKind... kinds) {
        return kinds[random.nextInt(kinds.length)];
    }

    private static List<Stain> stains(Recipe recipe, SplittableRandom random) {
        double bleeding = recipe == Recipe.BLEEDING ? 0.35 : recipe == Recipe.DISSECTION ? 0.1 : -0.15;
        List<Stain> stains = new ArrayList<>();
        if (random.nextDouble() < 0.5 + bleeding) {
            stains.add(stain(Colour.hex(0x5c0810), random, 0.45 - bleeding));
        }
        if (random.nextDouble() < 0.35) {
            stains.add(stain(Colour.hex(0x2a1a10), random, 0.62 - bleeding / 2));
        }
        if (random.nextDouble() < 0.06) {
            stains.add(stain(Colour.hex(0x70501c), random, 0.6));
        }
        return List.copyOf(stains);
    }

    private static Stain stain(Colour colour, SplittableRandom random, double threshold) {
        return new Stain(
                colour.varied(random, 0.25),
                random.nextDouble(0.8, 3.5),
                random.nextDouble(8),
                threshold + random.nextDouble(-0.1, 0.15));
    }
}
