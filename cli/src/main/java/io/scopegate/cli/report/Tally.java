package io.scopegate.cli.report;

import io.scopegate.client.FrameAnswer;
import io.scopegate.client.Outcome;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Counts answers. Not thread-safe: belongs to the thread that the answers come on. */
public final class Tally {

    private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
    private final Percentiles latency = new Percentiles();
    private int labelled;
    private int right;
    private int outOfBody;
    private int shownWrongly;

    /**
     * Counts an answer.
     *
     * @param label the true class, {@code inbody} or {@code outbody}, where it is known
     */
    public void add(FrameAnswer answer, Optional<String> label) {
        outcomes.merge(answer.outcome(), 1, Integer::sum);
        latency.add(answer.roundTrip());
        label.ifPresent(truth -> judge(answer, truth));
    }

    private void judge(FrameAnswer answer, String truth) {
        labelled++;
        right += answer.rawClass().equals(Optional.of(truth)) ? 1 : 0;
        if (truth.equals("outbody")) {
            outOfBody++;
            shownWrongly += answer.inBody() ? 1 : 0;
        }
    }

    /** Terminal answers from the server: all but those that the client gave itself. */
    public int answered() {
        return total() - outcomes.getOrDefault(Outcome.ABANDONED, 0);
    }

    /** All answers. */
    public int total() {
        return outcomes.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Answers that a model gave. */
    public int classified() {
        return outcomes.getOrDefault(Outcome.CLASSIFIED, 0);
    }

    /** Answers by outcome, for people. */
    public String outcomes() {
        StringBuilder text = new StringBuilder();
        outcomes.forEach((outcome, count) -> text.append(text.isEmpty() ? "" : ", ")
                .append(count)
                .append(' ')
                .append(outcome.name().toLowerCase(Locale.ROOT)));
        return text.toString();
    }

    /** How many answers have a known true class. */
    public int labelled() {
        return labelled;
    }

    /** Share of the answers with a known true class whose raw class is right; an unjudged frame counts as wrong. */
    public double accuracy() {
        return labelled == 0 ? Double.NaN : (double) right / labelled;
    }

    /** How many frames are truly out of body. */
    public int outOfBody() {
        return outOfBody;
    }

    /** How many frames that are truly out of body were answered in body. */
    public int shownWrongly() {
        return shownWrongly;
    }

    /** From sending a frame to its answer. */
    public Percentiles latency() {
        return latency;
    }
}
