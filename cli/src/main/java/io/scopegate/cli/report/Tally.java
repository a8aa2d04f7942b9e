package io.scopegate.cli.report;

import io.scopegate.client.FrameAnswer;
import io.scopegate.client.Outcome;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Counts answers. Not thread-safe: belongs to the thread on which the answers arrive. */
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
     * @param label true class, {@code inbody} or {@code outbody}, if it is known
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

    /** Returns the number of answers from the server: all but those that the client gave itself. */
    public int answered() {
        return total() - outcomes.getOrDefault(Outcome.ABANDONED, 0);
    }

    /** Returns the number of all answers. */
    public int total() {
        return outcomes.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Returns the number of answers that a model gave. */
    public int classified() {
        return outcomes.getOrDefault(Outcome.CLASSIFIED, 0);
    }

    /** Returns the number of answers for each outcome, for humans. */
    public String outcomes() {
        StringBuilder text = new StringBuilder();
        outcomes.forEach((outcome, count) -> text.append(text.isEmpty() ? "" : ", ")
                .append(count)
                .append(' ')
                .append(outcome.name().toLowerCase(Locale.ROOT)));
        return text.toString();
    }

    /** Returns how many answers have a known true class. */
    public int labelled() {
        return labelled;
    }

    /**
     * Returns the share of correct raw classes among the answers with a known true class; a frame that was not judged
     * counts as wrong.
     */
    public double accuracy() {
        return labelled == 0 ? Double.NaN : (double) right / labelled;
    }

    /** Returns how many frames are truly out of body. */
    public int outOfBody() {
        return outOfBody;
    }

    /** Returns how many frames that are truly out of body were answered in body. */
    public int shownWrongly() {
        return shownWrongly;
    }

    /** Returns the times from sending a frame to its answer. */
    public Percentiles latency() {
        return latency;
    }
}
