package io.scopegate.trainer.prepare;

import io.scopegate.trainer.dataset.Label;
import io.scopegate.trainer.dataset.LabelledFrame;
import io.scopegate.trainer.dataset.Split;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Splits pictures into training, validation and test in the ratio 0.6 : 0.2 : 0.2. The same pictures and seed give the
 * same split on every machine.
 */
public final class Shares {

    /** The share of training. What training and validation leave is for the test. */
    private static final double TRAIN = 0.6;

    private static final double TRAIN_AND_VALIDATION = 0.8;

    private static final int SPLITS = 3;

    private Shares() {}

    /**
     * Splits each class by itself, as the reference bundle does. Of the n shuffled pictures of a class, the first
     * {@code int(0.6 n)} are for training, those up to {@code int(0.8 n)} for validation, and the rest for the test.
     *
     * @throws IOException if a class has fewer than three pictures, one for each split
     */
    public static Split byClass(List<LabelledFrame> pictures, long seed) throws IOException {
        Split split = new Split(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (Label label : Label.values()) {
            List<LabelledFrame> shuffled = new ArrayList<>(of(pictures, label));
            requireOneEach(label, shuffled.size());
            Collections.shuffle(shuffled, new Random(seed));
            int train = (int) (TRAIN * shuffled.size());
            int validation = (int) (TRAIN_AND_VALIDATION * shuffled.size());
            split.train().addAll(sorted(shuffled.subList(0, train)));
            split.validation().addAll(sorted(shuffled.subList(train, validation)));
            split.heldOut().addAll(sorted(shuffled.subList(validation, shuffled.size())));
        }
        return split;
    }

    /**
     * Splits by whole groups so that each class comes close to its shares.
     *
     * @throws IOException if there are fewer than three groups, or a class has no picture
     */
    public static Split byGroup(List<LabelledFrame> pictures, long seed) throws IOException {
        for (Label label : Label.values()) {
            if (of(pictures, label).isEmpty()) {
                throw new IOException("no pictures with the label " + label.text());
            }
        }
        GroupShares shares =
                new GroupShares(pictures, new double[] {TRAIN, TRAIN_AND_VALIDATION - TRAIN, 1 - TRAIN_AND_VALIDATION});
        if (shares.groups() < SPLITS) {
            throw new IOException(
                    "--group-by: at least " + SPLITS + " groups, one for each split, not " + shares.groups());
        }
        List<List<LabelledFrame>> splits =
                shares.assign(seed).stream().map(Shares::byLabel).toList();
        return new Split(splits.get(0), splits.get(1), splits.get(2));
    }

    private static void requireOneEach(Label label, int found) throws IOException {
        if (found < SPLITS) {
            throw new IOException(
                    "%s: at least %d pictures, one for each split, found %d".formatted(label.text(), SPLITS, found));
        }
    }

    static List<LabelledFrame> of(List<LabelledFrame> pictures, Label label) {
        return pictures.stream().filter(picture -> picture.label() == label).toList();
    }

    private static List<LabelledFrame> byLabel(List<LabelledFrame> pictures) {
        return sorted(pictures).stream()
                .sorted(Comparator.comparing(LabelledFrame::label))
                .toList();
    }

    private static List<LabelledFrame> sorted(List<LabelledFrame> pictures) {
        return pictures.stream()
                .sorted(Comparator.comparing(picture -> picture.file().toString()))
                .toList();
    }
}
