package io.scopegate.trainer.sampledata;

import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/**
 * The kinds of scene. Each has a class and a number of cards in the deck from which frames are dealt, which sets how
 * often it occurs.
 */
enum SceneKind {
    CAVITY(FrameLabel.INBODY, 4, inside(Anatomy.Recipe.CAVITY)),
    BOWEL(FrameLabel.INBODY, 3, inside(Anatomy.Recipe.BOWEL)),
    LIVER(FrameLabel.INBODY, 3, inside(Anatomy.Recipe.LIVER)),
    OMENTUM(FrameLabel.INBODY, 2, inside(Anatomy.Recipe.OMENTUM)),
    PELVIS(FrameLabel.INBODY, 3, inside(Anatomy.Recipe.PELVIS)),
    DISSECTION(FrameLabel.INBODY, 4, inside(Anatomy.Recipe.DISSECTION)),
    CLOSE_TISSUE(FrameLabel.INBODY, 2, inside(Anatomy.Recipe.CLOSE)),
    BLEEDING(FrameLabel.INBODY, 1, inside(Anatomy.Recipe.BLEEDING)),
    SMOKE(FrameLabel.INBODY, 2, inside(Anatomy.Recipe.SMOKE)),
    PACKING(FrameLabel.INBODY, 1, inside(Anatomy.Recipe.PACKING)),

    DRAPE(FrameLabel.OUTBODY, 3, DrapeScene::folded),
    CLOSE_DRAPE(FrameLabel.OUTBODY, 3, DrapeScene::close),
    WHITE_BALANCE(FrameLabel.OUTBODY, 1, DrapeScene::whiteBalance),
    RED_CLOTH(FrameLabel.OUTBODY, 1, DrapeScene::red),
    ROOM(FrameLabel.OUTBODY, 3, RoomScene::equipment),
    LAMPS(FrameLabel.OUTBODY, 1, RoomScene::lamps),
    PEOPLE(FrameLabel.OUTBODY, 2, RoomScene::people),
    TABLE(FrameLabel.OUTBODY, 3, TableScene::of),
    SCREEN(FrameLabel.OUTBODY, 1, ScreenScene::of),
    CALIBRATION(FrameLabel.OUTBODY, 2, CalibrationScene::of),
    ABDOMEN(FrameLabel.OUTBODY, 2, SkinScene::abdomen),
    GLOVE(FrameLabel.OUTBODY, 1, SkinScene::glove),
    TROCAR(FrameLabel.OUTBODY, 1, CannulaScene::trocar),
    CUP(FrameLabel.OUTBODY, 1, CannulaScene::cup),
    DARK(FrameLabel.OUTBODY, 1, (random, noise) -> DarkScene.dark(random)),
    NO_SIGNAL(FrameLabel.OUTBODY, 1, (random, noise) -> DarkScene.noSignal(random)),
    LENS_CAP(FrameLabel.OUTBODY, 1, (random, noise) -> DarkScene.lensCap(random)),
    EVERYDAY(FrameLabel.OUTBODY, 4, EverydayScene::of);

    private final FrameLabel label;
    private final int cards;
    private final Maker maker;

    SceneKind(FrameLabel label, int cards, Maker maker) {
        this.label = label;
        this.cards = cards;
        this.maker = maker;
    }

    private interface Maker {
        Scene make(SplittableRandom random, Noise noise);
    }

    private static Maker inside(Anatomy.Recipe recipe) {
        return (random, noise) -> TissueScene.of(recipe, random, noise);
    }

    FrameLabel label() {
        return label;
    }

    /** Returns the name in manifests, for instance {@code close-drape}. */
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Scene make(SplittableRandom random, Noise noise) {
        return maker.make(random, noise);
    }

    /** Whether a recording in an operating theatre may show this kind of scene. */
    boolean isPartOfSurgery() {
        return this != EVERYDAY && this != CALIBRATION && this != NO_SIGNAL;
    }

    /** Returns the kind of the n-th frame of a class. */
    static SceneKind dealt(FrameLabel label, long seed, int n) {
        return dealt(
                kind -> kind.label == label,
                FrameRenderer.random(seed, 0, label.ordinal() + 1).nextLong(),
                n);
    }

    /**
     * Returns the n-th card of an endless row of decks. Each deck holds the cards of the wanted kinds and is shuffled
     * anew.
     */
    static SceneKind dealt(Predicate<SceneKind> wanted, long seed, int n) {
        SceneKind[] cards = Arrays.stream(values())
                .filter(wanted)
                .flatMap(kind -> Collections.nCopies(kind.cards, kind).stream())
                .toArray(SceneKind[]::new);
        SplittableRandom random = FrameRenderer.random(seed, n / cards.length, 2);
        for (int last = cards.length - 1; last > 0; last--) {
            int other = random.nextInt(last + 1);
            SceneKind card = cards[last];
            cards[last] = cards[other];
            cards[other] = card;
        }
        return cards[n % cards.length];
    }
}
