package io.scopegate.trainer.metrics;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scopegate.trainer.dataset.Label;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A confusion matrix: frames counted by what they show and what was answered.
 *
 * @param inBodyRight in-body frames answered in body
 * @param inBodyWrong in-body frames answered out of body
 * @param outOfBodyRight out-of-body frames answered out of body
 * @param outOfBodyWrong out-of-body frames answered in body: the error that violates privacy
 */
public record Confusion(int inBodyRight, int inBodyWrong, int outOfBodyRight, int outOfBodyWrong) {

    /** No frames. */
    public static final Confusion EMPTY = new Confusion(0, 0, 0, 0);

    /** Counts the verdicts that a threshold gives. */
    public static Confusion of(List<Score> scores, double threshold) {
        Confusion counts = EMPTY;
        for (Score score : scores) {
            counts = counts.plus(score.shown(), score.verdict(threshold));
        }
        return counts;
    }

    /** Returns these counts with one more frame. */
    public Confusion plus(Label shown, Label answered) {
        boolean right = shown == answered;
        return switch (shown) {
            case IN_BODY ->
                right
                        ? new Confusion(inBodyRight + 1, inBodyWrong, outOfBodyRight, outOfBodyWrong)
                        : new Confusion(inBodyRight, inBodyWrong + 1, outOfBodyRight, outOfBodyWrong);
            case OUT_OF_BODY ->
                right
                        ? new Confusion(inBodyRight, inBodyWrong, outOfBodyRight + 1, outOfBodyWrong)
                        : new Confusion(inBodyRight, inBodyWrong, outOfBodyRight, outOfBodyWrong + 1);
        };
    }

    /** Returns the number of frames that show in body. */
    public int inBody() {
        return inBodyRight + inBodyWrong;
    }

    /** Returns the number of frames that show out of body. */
    public int outOfBody() {
        return outOfBodyRight + outOfBodyWrong;
    }

    /** Returns the frames answered right among all frames. */
    public Proportion right() {
        return new Proportion(inBodyRight + outOfBodyRight, inBody() + outOfBody());
    }

    /** Returns the out-of-body frames answered right among all out-of-body frames. */
    public Proportion sensitivity() {
        return new Proportion(outOfBodyRight, outOfBody());
    }

    /** Returns the in-body frames answered right among all in-body frames. */
    public Proportion specificity() {
        return new Proportion(inBodyRight, inBody());
    }

    /** Returns the share of all frames that were answered right; empty without frames. */
    public Optional<Double> accuracy() {
        return right().value();
    }

    /** Returns the share of the in-body frames that were answered right; empty without such frames. */
    public Optional<Double> inBodyRecall() {
        return specificity().value();
    }

    /** Returns the share of the out-of-body frames that were answered right; empty without such frames. */
    public Optional<Double> outOfBodyRecall() {
        return sensitivity().value();
    }

    /** Returns the mean of the two recalls; empty unless there are frames of both labels. */
    public Optional<Double> balancedAccuracy() {
        return inBodyRecall().flatMap(in -> outOfBodyRecall().map(out -> (in + out) / 2));
    }

    /** Returns counts and shares, the shares rounded to four digits. A share of no frames is left out. */
    public ObjectNode toJson() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("frames", inBody() + outOfBody());
        accuracy().ifPresent(value -> node.put("accuracy", rounded(value)));
        balancedAccuracy().ifPresent(value -> node.put("balancedAccuracy", rounded(value)));
        inBodyRecall().ifPresent(value -> node.put("inBodyRecall", rounded(value)));
        outOfBodyRecall().ifPresent(value -> node.put("outOfBodyRecall", rounded(value)));
        node.putObject("confusion")
                .put("inBodyRight", inBodyRight)
                .put("inBodyWrong", inBodyWrong)
                .put("outOfBodyRight", outOfBodyRight)
                .put("outOfBodyWrong", outOfBodyWrong);
        return node;
    }

    private static double rounded(double share) {
        return Math.round(share * 1e4) / 1e4;
    }

    /** Returns the counts and the balanced accuracy as one line for people. */
    public String line() {
        return String.format(
                Locale.ROOT,
                "in body %d of %d right, out of body %d of %d right%s",
                inBodyRight,
                inBody(),
                outOfBodyRight,
                outOfBody(),
                balancedAccuracy()
                        .map(value -> String.format(Locale.ROOT, ", balanced accuracy %.4f", value))
                        .orElse(""));
    }
}
