package io.scopegate.cli.load;

import io.scopegate.cli.report.Percentiles;
import io.scopegate.client.FrameAnswer;
import io.scopegate.client.Outcome;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Where the time of the measured frames went. Not thread-safe: belongs to the thread that the answers come on. */
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

    /** The times of one stage. */
    public Percentiles of(Stage stage) {
        return stages.computeIfAbsent(stage, ignored -> new Percentiles());
    }

    /** From sending a frame to receiving its answer; has all answers. */
    public Percentiles total() {
        return of(Stage.TOTAL);
    }

    /** Answers by what became of the frame. */
    public Map<Outcome, Integer> outcomes() {
        return outcomes;
    }

    /**
     * Why the figures say nothing of a server that was to judge every frame, for people: no frame is dropped where each waits
     * for its turn ({@code BLOCK}). Empty if they do.
     */
    public Optional<String> fault() {
        return total().count() > 0 && unjudged() == 0
                ? Optional.empty()
                : Optional.of("not all frames were judged: " + outcomes);
    }

    /** Frames that no model has judged, whatever the reason. */
    public int unjudged() {
        return total().count() - count(Outcome.CLASSIFIED);
    }

    /** How many frames had this outcome. */
    public int count(Outcome outcome) {
        return outcomes.getOrDefault(outcome, 0);
    }
}
