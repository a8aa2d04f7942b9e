package io.scopegate.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.client.FrameAnswer;
import io.scopegate.client.ModelReference;
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

class TallyTest {

    private static final Timings NO_TIMINGS = new Timings(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            0);

    @Test
    void aFrameThatWasNotJudgedCountsAsWrongButNotAsLeaked() {
        Tally tally = new Tally();

        tally.add(answer(Outcome.CLASSIFIED, Verdict.OUT_OF_BODY, "outbody"), Optional.of("outbody"));
        tally.add(answer(Outcome.FAILED, Verdict.OUT_OF_BODY, null), Optional.of("outbody"));

        assertThat(tally.accuracy()).isEqualTo(0.5);
        assertThat(tally.outOfBody()).isEqualTo(2);
        assertThat(tally.shownWrongly()).isZero();
    }

    @Test
    void anOutOfBodyFrameAnsweredInBodyIsALeak() {
        Tally tally = new Tally();

        tally.add(answer(Outcome.CLASSIFIED, Verdict.IN_BODY, "inbody"), Optional.of("outbody"));

        assertThat(tally.shownWrongly()).isEqualTo(1);
        assertThat(tally.accuracy()).isZero();
    }

    @Test
    void abandonedFramesWereNotAnswered() {
        Tally tally = new Tally();

        tally.add(answer(Outcome.ABANDONED, Verdict.OUT_OF_BODY, null), Optional.empty());
        tally.add(answer(Outcome.REJECTED, Verdict.OUT_OF_BODY, null), Optional.empty());

        assertThat(tally.total()).isEqualTo(2);
        assertThat(tally.answered()).isEqualTo(1);
        assertThat(tally.classified()).isZero();
        assertThat(tally.outcomes()).isEqualTo("1 rejected, 1 abandoned");
        assertThat(tally.accuracy()).isNaN();
    }

    @Test
    void anAnswerThatIsNotAClassificationHasANullLabelInJson() {
        var node = AnswerJson.of("a.jpg", answer(Outcome.REJECTED, Verdict.OUT_OF_BODY, null));

        assertThat(node.get("label").isNull()).isTrue();
        assertThat(node.get("verdict").textValue()).isEqualTo("OUT_OF_BODY");
        assertThat(node.get("latencyMs").doubleValue()).isEqualTo(1.5);
    }

    @Test
    void aClassificationHasItsLabelProbabilitiesAndModelInJson() {
        var node = AnswerJson.of("a.jpg", answer(Outcome.CLASSIFIED, Verdict.IN_BODY, "inbody"));

        assertThat(node.get("label").textValue()).isEqualTo("inbody");
        assertThat(node.at("/probabilities/inbody").doubleValue()).isEqualTo(0.75);
        assertThat(node.get("model").textValue()).isEqualTo("inbody/1");
        assertThat(node.get("path").textValue()).isEqualTo("a.jpg");
        assertThat(node.get("frameId").longValue()).isEqualTo(7);
    }

    private static FrameAnswer answer(Outcome outcome, Verdict verdict, @Nullable String label) {
        boolean classified = outcome == Outcome.CLASSIFIED;
        return new FrameAnswer(
                7,
                outcome,
                verdict,
                verdict,
                Reason.MODEL,
                classified ? Map.of("inbody", 0.75) : Map.of(),
                Optional.ofNullable(label),
                Optional.empty(),
                classified ? Optional.of(new ModelReference("inbody", "1", "sha256:0")) : Optional.empty(),
                NO_TIMINGS,
                Duration.ofNanos(1_500_000),
                Instant.EPOCH,
                OptionalLong.empty(),
                Optional.empty());
    }
}
