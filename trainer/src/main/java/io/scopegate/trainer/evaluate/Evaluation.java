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
 * The answers of an exported network to labelled frames, decoded, preprocessed and judged as the server does it.
 *
 * @param answers one for each frame that could be judged
 * @param unjudged the other frames; a server answers them out of body, but they say nothing of the network
 */
public record Evaluation(List<Answer> answers, List<Unjudged> unjudged) {

    public Evaluation {
        answers = List.copyOf(answers);
        unjudged = List.copyOf(unjudged);
    }

    /**
     * One frame and what was answered.
     *
     * @param frame what was asked
     * @param score what the network said
     * @param threshold the lowest probability that is answered in body
     */
    public record Answer(LabelledFrame frame, Score score, double threshold) {

        /** Probability of in body. */
        public double inBody() {
            return score.inBody();
        }

        /** The label with the higher probability. */
        public Label rawClass() {
            return score.verdict(0.5);
        }

        /** In body if that probability reaches the model's threshold. */
        public Label verdict() {
            return score.verdict(threshold);
        }

        /** True if class or verdict differ from what the frame shows. */
        boolean wrong() {
            return rawClass() != frame.label() || verdict() != frame.label();
        }
    }

    /**
     * A frame that could not be judged.
     *
     * @param frame what was asked
     * @param reason why, with its file
     */
    public record Unjudged(LabelledFrame frame, String reason) {}

    /**
     * Answers all frames.
     *
     * @param threshold the lowest probability that is answered in body
     * @param progress is told after each frame how many are done
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

    /** What the network said of each frame that could be judged. */
    public List<Score> scores() {
        return answers.stream().map(Answer::score).toList();
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

    /** The frames of some groups alone. */
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
