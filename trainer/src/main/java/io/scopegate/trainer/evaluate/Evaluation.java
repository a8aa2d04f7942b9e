package io.scopegate.trainer.evaluate;

import io.scopegate.bundle.file.FileFault;
import io.scopegate.trainer.dataset.FrameReader;
import io.scopegate.trainer.dataset.Label;
import io.scopegate.trainer.dataset.LabelledFrame;
import io.scopegate.trainer.metrics.Confusion;
import io.scopegate.trainer.metrics.Score;
import io.scopegate.trainer.network.FrameNetwork;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.Predicate;

/**
 * The answers of an exported network to labelled frames, which are decoded, preprocessed and judged as in the server.
 *
 * @param answers one for each frame that could be judged
 * @param unjudged the other frames; a server answers them out of body, but they say nothing about the network
 */
public record Evaluation(List<Answer> answers, List<Unjudged> unjudged) {

    public Evaluation {
        answers = List.copyOf(answers);
        unjudged = List.copyOf(unjudged);
    }

    /**
     * One frame and its answer.
     *
     * @param frame the frame
     * @param score the network's output
     * @param threshold the lowest probability of in body that is answered in body
     */
    public record Answer(LabelledFrame frame, Score score, double threshold) {

        /** Returns the probability of in body. */
        public double inBody() {
            return score.inBody();
        }

        /** Returns the label with the higher probability. */
        public Label rawClass() {
            return score.verdict(0.5);
        }

        /** Returns in body if the probability of in body reaches the model's threshold, otherwise out of body. */
        public Label verdict() {
            return score.verdict(threshold);
        }

        /** Returns true if class or verdict differ from what the frame shows. */
        boolean wrong() {
            return rawClass() != frame.label() || verdict() != frame.label();
        }
    }

    /**
     * A frame that could not be judged.
     *
     * @param frame the frame
     * @param reason why it could not be judged, with its file
     */
    public record Unjudged(LabelledFrame frame, String reason) {}

    /**
     * Evaluates the network on all frames.
     *
     * @param threshold the lowest probability of in body that is answered in body
     * @param progress receives the number of frames done, after each frame
     * @throws IOException if the network fails
     */
    public static Evaluation run(
            FrameNetwork network, List<LabelledFrame> frames, double threshold, IntConsumer progress)
            throws IOException {
        List<Answer> answers = new ArrayList<>();
        List<Unjudged> unjudged = new ArrayList<>();
        try (FrameReader reader = new FrameReader()) {
            for (LabelledFrame frame : frames) {
                switch (judge(network, reader, frame)) {
                    case Judged(double logOdds) ->
                        answers.add(new Answer(frame, new Score(logOdds, frame.label()), threshold));
                    case NotJudged(String reason) -> unjudged.add(new Unjudged(frame, reason));
                }
                progress.accept(answers.size() + unjudged.size());
            }
        }
        return new Evaluation(answers, unjudged);
    }

    private sealed interface Judgement {}

    private record Judged(double logOdds) implements Judgement {}

    private record NotJudged(String reason) implements Judgement {}

    private static Judgement judge(FrameNetwork network, FrameReader reader, LabelledFrame frame) throws IOException {
        float[] tensor;
        try {
            tensor = reader.tensor(frame.file());
        } catch (IOException e) {
            return new NotJudged(FileFault.text(e));
        }
        double logOdds = Softmax.logOdds(network.logits(tensor));
        return Double.isFinite(logOdds)
                ? new Judged(logOdds)
                : new NotJudged(frame.file() + ": logits: finite numbers, not log odds of " + logOdds);
    }

    /** Returns the network's output for each frame that could be judged. */
    public List<Score> scores() {
        return answers.stream().map(Answer::score).toList();
    }

    /** Counts the answers by the more probable label, which is what accuracy means. */
    public Confusion byClass() {
        return count(Answer::rawClass);
    }

    /** Counts the answers by verdict, which is what devices act on. */
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

    /** Returns the evaluation restricted to the frames of some groups. */
    Evaluation of(Predicate<String> group) {
        return new Evaluation(
                answers.stream()
                        .filter(answer -> group.test(answer.frame().group()))
                        .toList(),
                unjudged.stream()
                        .filter(frame -> group.test(frame.frame().group()))
                        .toList());
    }
}
