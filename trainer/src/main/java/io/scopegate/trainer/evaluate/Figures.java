package io.scopegate.trainer.evaluate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scopegate.trainer.dataset.Split;
import io.scopegate.trainer.export.OnnxNetwork;
import java.io.IOException;

/**
 * An exported network's answers by split.
 *
 * @param train to the frames it was fitted to, unaugmented
 * @param validation to those that were looked at while fitting
 * @param heldOut to those that were not looked at before
 */
public record Figures(Evaluation train, Evaluation validation, Evaluation heldOut) {

    /** Groups filmed by endoscopes in and out of the body; in other groups source and label go together. */
    private static final String ENDOSCOPE_GROUPS = "lap_";

    /** Answers all frames of all splits. */
    public static Figures run(OnnxNetwork network, Split split, double threshold) throws IOException {
        return new Figures(
                Evaluation.run(network, split.train(), threshold),
                Evaluation.run(network, split.validation(), threshold),
                Evaluation.run(network, split.heldOut(), threshold));
    }

    /** Counts and shares by split. */
    public ObjectNode toJson() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        add(node, "train", train);
        add(node, "validation", validation);
        add(node, "heldOut", heldOut);
        return node;
    }

    private static void add(ObjectNode node, String name, Evaluation evaluation) {
        if (evaluation.answers().isEmpty()) {
            return;
        }
        ObjectNode figures = evaluation.confusion().toJson();
        Evaluation endoscopes = evaluation.ofGroups(ENDOSCOPE_GROUPS);
        if (!endoscopes.answers().isEmpty()) {
            figures.set("sameCameras", endoscopes.confusion().toJson());
        }
        node.set(name, figures);
    }

    /** A few lines for people: the splits, then each wrong answer. */
    public String lines() {
        StringBuilder text = new StringBuilder();
        append(text, "train", train);
        append(text, "validation", validation);
        append(text, "held out", heldOut);
        return text.toString();
    }

    private static void append(StringBuilder text, String name, Evaluation evaluation) {
        if (evaluation.answers().isEmpty()) {
            return;
        }
        text.append(name).append(": ").append(evaluation.confusion().line()).append('\n');
        Evaluation endoscopes = evaluation.ofGroups(ENDOSCOPE_GROUPS);
        if (!endoscopes.answers().isEmpty()) {
            text.append("  frames of endoscopes alone: ")
                    .append(endoscopes.confusion().line())
                    .append('\n');
        }
        evaluation.answers().stream()
                .filter(Evaluation.Answer::wrong)
                .forEach(answer -> text.append("  wrong: ")
                        .append(answer.frame().group())
                        .append(' ')
                        .append(answer.frame().label().text())
                        .append('/')
                        .append(answer.frame().file().getFileName())
                        .append(" in body ")
                        .append(Math.round(answer.inBody() * 1000) / 1000.0)
                        .append('\n'));
    }
}
