package io.scopegate.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.client.FrameAnswer;
import io.scopegate.client.Outcome;
import io.scopegate.client.Reason;
import io.scopegate.client.Timings;
import io.scopegate.client.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StageTimesTest {

    @Test
    void overheadIsTheTotalWithoutTheInferenceOfThatFrame() {
        StageTimes times = new StageTimes();

        times.add(answer(Outcome.CLASSIFIED, Duration.ofMillis(30), Duration.ofMillis(4)));

        assertThat(times.of(Stage.OVERHEAD).milliseconds(50)).isEqualTo(26);
        assertThat(times.of(Stage.SERVER_OVERHEAD).milliseconds(50)).isEqualTo(16);
    }

    @Test
    void onlyJudgedFramesHaveAnAgeAndAnOverhead() {
        StageTimes times = new StageTimes();

        times.add(answer(Outcome.SUPERSEDED, Duration.ofMillis(30), null));

        assertThat(times.of(Stage.AGE).count()).isZero();
        assertThat(times.of(Stage.OVERHEAD).count()).isZero();
        assertThat(times.total().count()).isEqualTo(1);
    }

    @Test
    void everyOutcomeButAModelsIsUnjudged() {
        StageTimes times = new StageTimes();

        for (Outcome outcome : Outcome.values()) {
            times.add(answer(outcome, Duration.ofMillis(30), null));
        }

        assertThat(times.unjudged()).isEqualTo(Outcome.values().length - 1);
    }

    @Test
    void oneFrameThatIsNotJudgedIsAFaultAndSoIsNoFrameAtAll() {
        StageTimes times = new StageTimes();
        assertThat(times.fault()).hasValue("not all frames were judged: {}");

        times.add(answer(Outcome.CLASSIFIED, Duration.ofMillis(30), Duration.ofMillis(4)));
        assertThat(times.fault()).isEmpty();

        times.add(answer(Outcome.REJECTED, Duration.ofMillis(30), null));
        assertThat(times.fault()).hasValue("not all frames were judged: {CLASSIFIED=1, REJECTED=1}");
    }

    @Test
    void devicesAreAddedUp() {
        StageTimes first = new StageTimes();
        first.add(answer(Outcome.CLASSIFIED, Duration.ofMillis(30), Duration.ofMillis(4)));
        StageTimes second = new StageTimes();
        second.add(answer(Outcome.ABANDONED, Duration.ofMillis(50), null));

        first.addAll(second);

        assertThat(first.outcomes()).isEqualTo(Map.of(Outcome.CLASSIFIED, 1, Outcome.ABANDONED, 1));
        assertThat(first.total().milliseconds(100)).isEqualTo(50);
    }

    private static FrameAnswer answer(Outcome outcome, Duration roundTrip, @Nullable Duration infer) {
        Timings timings = new Timings(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.ofNullable(infer),
                Optional.empty(),
                Optional.of(Duration.ofMillis(20)),
                Optional.of(Duration.ofMillis(21)),
                Optional.empty(),
                Optional.empty(),
                1);
        return new FrameAnswer(
                1,
                outcome,
                Verdict.OUT_OF_BODY,
                Verdict.OUT_OF_BODY,
                Reason.MODEL,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                timings,
                roundTrip,
                Instant.EPOCH,
                OptionalLong.empty(),
                Optional.empty());
    }
}
