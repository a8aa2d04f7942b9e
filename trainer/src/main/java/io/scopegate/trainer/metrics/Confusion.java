package io.scopegate.trainer.metrics;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scopegate.trainer.dataset.Label;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Frames by what they show and what was answered.
 *
 * @param inBodyRight in body, answered so
 * @param inBodyWrong in body, answered out of body
 * @param outOfBodyRight out of body, answered so
 * @param outOfBodyWrong out of body, answered in body: the fault that privacy suffers from
 */
public record Confusion(int inBodyRight, int inBodyWrong, int outOfBodyRight, int outOfBodyWrong) {

    /** No frames. */
    public static final Confusion EMPTY = new Confusion(0, 0, 0, 0);

    /** The verdicts of a threshold. */
    public static Confusion of(List<Score> scores, double threshold) {
        Confusion counts = EMPTY;
        for (Score score : scores) {
            counts = counts.plus(score.shown(), score.verdict(threshold));
        }
        return counts;
    }

    /** With one frame more. */
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

    /** Frames that are in body. */
    public int inBody() {
        return inBodyRight + inBodyWrong;
    }

    /** Frames that are out of body. */
    public int outOfBody() {
        return outOfBodyRight + outOfBodyWrong;
    }

    /** Of all frames, those answered right. */
    public Proportion right() {
        return new Proportion(inBodyRight + outOfBodyRight, inBody() + outOfBody());
    }

    /** Of the out-of-body frames, those answered so. */
    public Proportion sensitivity() {
        return new Proportion(outOfBodyRight, outOfBody());
    }

    /** Of the in-body frames, those answered so. */
    public Proportion specificity() {
        return new Proportion(inBodyRight, inBody());
    }

    /** Share of all frames answered right; empty without frames. */
    public Optional<Double> accuracy() {
        return right().value();
    }

    /** Share of the in-body frames answered right; empty without such frames. */
    public Optional<Double> inBodyRecall() {
        return specificity().value();
    }

    /** Share of the out-of-body frames answered right; empty without such frames. */
    public Optional<Double> outOfBodyRecall() {
        return sensitivity().value();
    }

    /** Mean of the two recalls; empty unless there are frames of both labels. */
    public Optional<Double> balancedAccuracy() {
        return inBodyRecall().flatMap(in -> outOfBodyRecall().map(out -> (in + out) / 2));
    }

    /** Counts and shares; a share without frames is left out. */
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

    /** One line for people. */
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
