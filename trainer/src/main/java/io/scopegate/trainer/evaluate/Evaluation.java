package io.scopegate.trainer.evaluate;

import io.scopegate.trainer.dataset.FrameReader;
import io.scopegate.trainer.dataset.Label;
import io.scopegate.trainer.dataset.LabelledFrame;
import io.scopegate.trainer.export.OnnxNetwork;
import io.scopegate.trainer.metrics.Confusion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The answers of an exported network to labelled frames, decoded, preprocessed and judged as the server does it.
 *
 * @param answers one for each frame
 */
public record Evaluation(List<Answer> answers) {

    public Evaluation {
        answers = List.copyOf(answers);
    }

    /**
     * One frame and what was answered.
     *
     * @param frame what was asked
     * @param inBody probability of in body
     * @param rawClass the label with the higher probability
     * @param verdict in body if that probability reaches the model's threshold
     */
    public record Answer(LabelledFrame frame, double inBody, Label rawClass, Label verdict) {

        static Answer of(LabelledFrame frame, double inBody, double threshold) {
            return new Answer(frame, inBody, inBodyFrom(0.5, inBody), inBodyFrom(threshold, inBody));
        }

        private static Label inBodyFrom(double least, double inBody) {
            return inBody >= least ? Label.IN_BODY : Label.OUT_OF_BODY;
        }

        /** True if class or verdict differ from what the frame shows. */
        boolean wrong() {
            return rawClass != frame.label() || verdict != frame.label();
        }
    }

    /**
     * Answers all frames.
     *
     * @param threshold the lowest probability that is answered in body
     * @throws IOException if a frame cannot be decoded or the network fails
     */
    public static Evaluation run(OnnxNetwork network, List<LabelledFrame> frames, double threshold) throws IOException {
        List<Answer> answers = new ArrayList<>();
        try (FrameReader reader = new FrameReader()) {
            for (LabelledFrame frame : frames) {
                double inBody = Softmax.inBody(network.logits(reader.tensor(frame.file())));
                answers.add(Answer.of(frame, inBody, threshold));
            }
        }
        return new Evaluation(answers);
    }

    /** Counts by raw class, which is what accuracy means. */
    public Confusion byClass() {
        return count(Answer::rawClass);
    }

    /** Counts by verdict, which is what is acted on. */
    public Confusion byVerdict() {
        return count(Answer::verdict);
    }

    private Confusion count(Function<Answer, Label> answered) {
        Confusion counts = Confusion.EMPTY;
        for (Answer answer : answers) {
            counts = counts.plus(answer.frame().label(), answered.apply(answer));
        }
        return counts;
    }

    /** The answers to frames whose group's name begins so. */
    public Evaluation of(String prefix) {
        return filtered(answer -> answer.frame().group().startsWith(prefix));
    }

    /** The answers to all other frames. */
    public Evaluation without(String prefix) {
        return filtered(answer -> !answer.frame().group().startsWith(prefix));
    }

    private Evaluation filtered(Predicate<Answer> wanted) {
        return new Evaluation(answers.stream().filter(wanted).toList());
    }
}
