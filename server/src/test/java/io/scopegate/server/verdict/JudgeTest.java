package io.scopegate.server.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.scopegate.inference.Softmax;
import io.scopegate.server.frame.FrameOutcome;
import io.scopegate.server.frame.FrameOutcome.Classified;
import io.scopegate.server.frame.FrameOutcome.Failed;
import io.scopegate.server.frame.ModelIdentity;
import io.scopegate.server.frame.Reason;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JudgeTest {

    private static final ModelIdentity MODEL = new ModelIdentity("m", 1, "sha256:0", List.of("inbody", "outbody"), 0.5);
    private static final ModelIdentity SWAPPED =
            new ModelIdentity("m", 1, "sha256:0", List.of("outbody", "inbody"), 0.5);

    @Test
    void theThresholdItselfIsInBody() {
        assertThat(inBody(Judge.judge(new float[] {1, 1}, MODEL, 0.5))).isTrue();
    }

    @Test
    void belowTheThresholdIsOutOfBody() {
        assertThat(inBody(Judge.judge(new float[] {1, 1}, MODEL, Math.nextUp(0.5))))
                .isFalse();
    }

    @Test
    void theLabelsSayWhichLogitIsInBody() {
        Classified classified = (Classified) Judge.judge(new float[] {0, 3}, SWAPPED, 0.5);

        assertThat(classified.inBody()).isTrue();
        assertThat(classified.rawClass()).isEqualTo(1);
    }

    @Test
    void aThresholdThatIsNotANumberIsOutOfBody() {
        assertThat(inBody(Judge.judge(new float[] {9, 0}, MODEL, Double.NaN))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void aLogitThatIsNotFiniteFails(float logit) {
        assertThat(Judge.judge(new float[] {logit, 0}, MODEL, 0)).isInstanceOf(Failed.class);
        assertThat(Judge.judge(new float[] {0, logit}, MODEL, 0).reason()).isEqualTo(Reason.NON_FINITE_OUTPUT);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void aWrongNumberOfLogitsFails(int logits) {
        FrameOutcome outcome = Judge.judge(new float[logits], MODEL, 0);

        assertThat(outcome).isEqualTo(new Failed(Reason.WRONG_OUTPUT_SHAPE, "output: 2 logits, not " + logits));
    }

    @Property
    void inBodyMeansThatTheProbabilityReachesTheThreshold(
            @ForAll float in, @ForAll float out, @ForAll @DoubleRange(max = 1) double threshold) {
        Classified classified = (Classified) Judge.judge(new float[] {in, out}, MODEL, threshold);

        double probability = classified.probabilities().getFirst();
        assertThat(probability).isEqualTo(1 / (1 + Math.exp((double) out - in)), within(1e-12));
        assertThat(classified.inBody()).isEqualTo(probability >= threshold);
    }

    @Property
    void probabilitiesAddUpToOne(@ForAll float first, @ForAll float second, @ForAll float third) {
        double[] probabilities = Softmax.of(new float[] {first, second, third});

        assertThat(probabilities[0] + probabilities[1] + probabilities[2]).isEqualTo(1, within(1e-12));
    }

    private static boolean inBody(FrameOutcome outcome) {
        return ((Classified) outcome).inBody();
    }
}
