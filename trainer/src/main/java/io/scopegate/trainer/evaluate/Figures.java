package io.scopegate.trainer.evaluate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scopegate.trainer.dataset.Split;
import io.scopegate.trainer.evaluate.Evaluation.Answer;
import io.scopegate.trainer.network.FrameNetwork;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;

/**
 * An exported network's answers by split.
 *
 * @param train answers to the frames that it was fitted to, unaugmented
 * @param validation answers to the frames that were looked at while fitting
 * @param heldOut answers to the frames that were not looked at before
 * @param subsets subsets of groups that are also counted separately
 */
public record Figures(Evaluation train, Evaluation validation, Evaluation heldOut, List<GroupSubset> subsets) {

    /** The number of wrong answers listed per split. Those of a network that has learnt nothing would fill screens. */
    private static final int MOST_WRONG = 20;

    public Figures {
        subsets = List.copyOf(subsets);
    }

    /**
     * Evaluates the network on all frames of all splits.
     *
     * @param subsets subsets of groups that are also counted separately
     * @param progress receives the number of frames done, after each frame
     */
    public static Figures run(
            FrameNetwork network, Split split, double threshold, List<GroupSubset> subsets, IntConsumer progress)
            throws IOException {
        int train = split.train().size();
        int chosenBy = train + split.validation().size();
        return new Figures(
                Evaluation.run(network, split.train(), threshold, progress),
                Evaluation.run(network, split.validation(), threshold, done -> progress.accept(train + done)),
                Evaluation.run(network, split.heldOut(), threshold, done -> progress.accept(chosenBy + done)),
                subsets);
    }

    /** Returns counts and shares by split, and in {@code subsets} those of each subset, by its pattern. */
    public ObjectNode toJson() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        add(node, "train", train);
        add(node, "validation", validation);
        add(node, "heldOut", heldOut);
        return node;
    }

    /**
     * Returns counts and shares, also by subset, of frames whose use in training is not known, under the given name.
     */
    public ObjectNode toJson(String name, Evaluation evaluation) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        add(node, name, evaluation);
        return node;
    }

    private void add(ObjectNode node, String name, Evaluation evaluation) {
        if (evaluation.answers().isEmpty()) {
            return;
        }
        ObjectNode figures = counts(evaluation);
        for (GroupSubset subset : subsets) {
            Evaluation part = subset.of(evaluation);
            if (!part.answers().isEmpty()) {
                figures.withObject("subsets").set(subset.pattern(), counts(part));
            }
        }
        node.set(name, figures);
    }

    private static ObjectNode counts(Evaluation part) {
        ObjectNode counts = part.byClass().toJson();
        counts.set("verdicts", part.byVerdict().toJson());
        return counts;
    }

    /** Returns a few lines for people: each split and subset, and the first wrong answers of each split. */
    public String lines() {
        StringBuilder text = new StringBuilder();
        append(text, "train", train);
        append(text, "validation", validation);
        append(text, "held out", heldOut);
        appendUnmatched(text, List.of(train, validation, heldOut));
        return text.toString();
    }

    /**
     * Returns a few lines for people on frames whose use in training is not known, as {@link #toJson(String,
     * Evaluation)} does.
     */
    public String lines(String name, Evaluation evaluation) {
        StringBuilder text = new StringBuilder();
        append(text, name, evaluation);
        appendUnmatched(text, List.of(evaluation));
        return text.toString();
    }

    private void append(StringBuilder text, String name, Evaluation evaluation) {
        appendLine(text, name, evaluation);
        subsets.forEach(subset -> appendLine(text, name + ", groups " + subset.pattern(), subset.of(evaluation)));
        List<Answer> wrong = evaluation.answers().stream().filter(Answer::wrong).toList();
        wrong.stream().limit(MOST_WRONG).forEach(answer -> appendWrong(text, answer));
        if (wrong.size() > MOST_WRONG) {
            text.append(String.format(Locale.ROOT, "  and %d more that are wrong%n", wrong.size() - MOST_WRONG));
        }
    }

    /** Names subsets that match no frame, most likely because of a typing error in the pattern. */
    private void appendUnmatched(StringBuilder text, List<Evaluation> splits) {
        for (GroupSubset subset : subsets) {
            if (splits.stream().allMatch(split -> subset.of(split).answers().isEmpty())) {
                text.append(String.format(Locale.ROOT, "groups %s: no frames%n", subset.pattern()));
            }
        }
    }

    private static void appendLine(StringBuilder text, String name, Evaluation evaluation) {
        if (!evaluation.answers().isEmpty()) {
            text.append(String.format(
                    Locale.ROOT,
                    "%s%n  by class:   %s%n",
                    name,
                    evaluation.byClass().line()));
            text.append(String.format(
                    Locale.ROOT, "  by verdict: %s%n", evaluation.byVerdict().line()));
        }
    }

    private static void appendWrong(StringBuilder text, Answer answer) {
        text.append(String.format(
                Locale.ROOT,
                "  wrong: %s %s/%s, in body %.3f%n",
                answer.frame().group(),
                answer.frame().label().text(),
                answer.frame().file().getFileName(),
                answer.inBody()));
    }
}
