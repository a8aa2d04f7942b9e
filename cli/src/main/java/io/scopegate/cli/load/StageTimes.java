package io.scopegate.cli.load;

import io.scopegate.cli.report.Percentiles;
import io.scopegate.client.FrameAnswer;
import io.scopegate.client.Outcome;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** How long the measured frames took, by stage. Not thread-safe: belongs to the thread on which the answers arrive. */
public final class StageTimes {

    private final Map<Stage, Percentiles> stages = new EnumMap<>(Stage.class);
    private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);

    /** Adds one answer. */
    public void add(FrameAnswer answer) {
        outcomes.merge(answer.outcome(), 1, Integer::sum);
        for (Stage stage : Stage.values()) {
            Duration time = stage.of(answer);
            if (time != null) {
                of(stage).add(time);
            }
        }
    }

    /** Adds all answers of another device. */
    public void addAll(StageTimes other) {
        other.stages.forEach((stage, times) -> of(stage).addAll(times));
        other.outcomes.forEach((outcome, count) -> outcomes.merge(outcome, count, Integer::sum));
    }

    /** Returns the times of one stage. */
    public Percentiles of(Stage stage) {
        return stages.computeIfAbsent(stage, ignored -> new Percentiles());
    }

    /** Returns the times from sending a frame to receiving its answer, of all answers. */
    public Percentiles total() {
        return of(Stage.TOTAL);
    }

    /** Returns the number of answers for each outcome. */
    public Map<Outcome, Integer> outcomes() {
        return outcomes;
    }

    /**
     * Returns why the figures are no measure of a server that was to judge every frame, for humans; empty if they are.
     * With {@code BLOCK} no frame is dropped, because each waits for its turn.
     */
    public Optional<String> fault() {
        return total().count() > 0 && unjudged() == 0
                ? Optional.empty()
                : Optional.of("not all frames were judged: " + outcomes);
    }

    /** Returns the number of frames that no model has judged, for whatever reason. */
    public int unjudged() {
        return total().count() - count(Outcome.CLASSIFIED);
    }

    /** Returns how many frames had this outcome. */
    public int count(Outcome outcome) {
        return outcomes.getOrDefault(outcome, 0);
    }
}
