package io.scopegate.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import io.scopegate.proto.v1.FrameAnswer;
import io.scopegate.proto.v1.Outcome;
import io.scopegate.proto.v1.Verdict;
import io.scopegate.server.frame.FrameOutcome;
import io.scopegate.server.frame.FrameOutcome.Classified;
import io.scopegate.server.frame.FrameOutcome.Expired;
import io.scopegate.server.frame.FrameOutcome.Failed;
import io.scopegate.server.frame.FrameOutcome.Rejected;
import io.scopegate.server.frame.FrameOutcome.Superseded;
import io.scopegate.server.frame.ModelIdentity;
import io.scopegate.server.frame.PictureContent;
import io.scopegate.server.frame.PictureContent.Kind;
import io.scopegate.server.frame.Reason;
import io.scopegate.server.frame.Timings;
import io.scopegate.server.testing.Frames;
import io.scopegate.server.testing.ManualClock;
import io.scopegate.server.verdict.StreamVerdict;
import io.scopegate.server.verdict.VerdictPolicy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AnswerWriterTest {

    private static final Timings NONE = Timings.NONE;
    private static final ModelIdentity MODEL = new ModelIdentity("m", 3, "sha256:0", List.of("inbody", "outbody"), 0.5);

    @ParameterizedTest
    @EnumSource
    void everyReasonIsOneOfTheContract(Reason reason) {
        assertThat(AnswerWriter.reason(reason).name()).isEqualTo("REASON_" + reason);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MODEL")
    void noFailureIsInBody(Reason reason) {
        FrameAnswer answer = write(new Failed(reason, "for a test"));

        assertThat(answer.getOutcome()).isEqualTo(Outcome.OUTCOME_FAILED);
        assertThat(answer.getVerdict()).isEqualTo(Verdict.VERDICT_OUT_OF_BODY);
        assertThat(answer.getRawVerdict()).isEqualTo(Verdict.VERDICT_OUT_OF_BODY);
    }

    @Test
    void missingModelOrDrainIsUnavailableAndInferenceFailureInternal() {
        assertThat(write(new Failed(Reason.NO_MODEL, "")).getStatus().getCode()).isEqualTo(Code.UNAVAILABLE_VALUE);
        assertThat(write(new Failed(Reason.MODEL_LOADING, "")).getStatus().getCode())
                .isEqualTo(Code.UNAVAILABLE_VALUE);
        assertThat(write(new Failed(Reason.DRAINING, "")).getStatus().getCode()).isEqualTo(Code.UNAVAILABLE_VALUE);
        assertThat(write(new Failed(Reason.INFERENCE_FAILED, "")).getStatus().getCode())
                .isEqualTo(Code.INTERNAL_VALUE);
    }

    @Test
    void aClassifiedFrameNamesItsModelAndHasNoStatus() {
        FrameAnswer answer = write(new Classified(MODEL, List.of(0.25, 0.75), 1, false));

        assertThat(answer.getOutcome()).isEqualTo(Outcome.OUTCOME_CLASSIFIED);
        assertThat(answer.getVerdict()).isEqualTo(Verdict.VERDICT_OUT_OF_BODY);
        assertThat(answer.getRawClass()).isEqualTo("outbody");
        assertThat(answer.getModel().getVersion()).isEqualTo("3");
        assertThat(answer.hasStatus()).isFalse();
    }

    @Test
    void aFullQueueIsResourceExhaustedAndNamesTheLimit() throws Exception {
        FrameAnswer answer = write(new Rejected(Reason.QUEUE_FULL, "frames", "at most 4 at once", "5"));

        assertThat(answer.getStatus().getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED_VALUE);
        assertThat(answer.getStatus().getMessage()).isEqualTo("frames: at most 4 at once, not 5");
        assertThat(answer.getStatus().getDetails(0).unpack(ErrorInfo.class).getMetadataMap())
                .containsEntry("field", "frames")
                .containsEntry("limit", "at most 4 at once")
                .containsEntry("value", "5");
    }

    @Test
    void aSupersededFrameNamesTheNewerOne() {
        FrameAnswer answer = write(new Superseded(-1));

        assertThat(answer.getOutcome()).isEqualTo(Outcome.OUTCOME_SUPERSEDED);
        assertThat(answer.getStatus().getCode()).isEqualTo(Code.ABORTED_VALUE);
        assertThat(answer.getStatus().getMessage()).isEqualTo("frame 18446744073709551615 took its place");
    }

    @Test
    void anExpiredFrameNamesAgeAndBudget() {
        FrameAnswer answer = write(new Expired(Duration.ofMillis(51), Duration.ofMillis(50)));

        assertThat(answer.getOutcome()).isEqualTo(Outcome.OUTCOME_EXPIRED);
        assertThat(answer.getStatus().getCode()).isEqualTo(Code.DEADLINE_EXCEEDED_VALUE);
        assertThat(answer.getStatus().getMessage()).isEqualTo("age: at most 50 ms, not 51 ms");
    }

    @ParameterizedTest
    @CsvSource({
        "50000001, 50000000, 50 ms, 51 ms",
        "51000000, 50000000, 50 ms, 51 ms",
        "50600000, 50500000, 50.5 ms, 51 ms",
        "1000001, 1000, 0.001 ms, 2 ms",
        "86400000000001, 86400000000000, 86400000 ms, 86400001 ms"
    })
    void anAgeIsNeverShownAsOneThatKeepsTheBudget(long age, long budget, String shownBudget, String shownAge) {
        FrameAnswer answer = write(new Expired(Duration.ofNanos(age), Duration.ofNanos(budget)));

        assertThat(answer.getStatus().getMessage()).isEqualTo("age: at most " + shownBudget + ", not " + shownAge);
    }

    @Test
    void theSmoothedVerdictStandsBesideTheFramesOwn() {
        var held = io.scopegate.server.frame.FrameVerdict.outOfBody(true, Reason.SMOOTHING);

        FrameAnswer answer = AnswerWriter.write(
                new io.scopegate.server.frame.FrameAnswer(
                        Frames.header(1, null, new ManualClock()),
                        new Classified(MODEL, List.of(0.75, 0.25), 0, true),
                        held,
                        NONE),
                Duration.ofMillis(1));

        assertThat(answer.getVerdict()).isEqualTo(Verdict.VERDICT_OUT_OF_BODY);
        assertThat(answer.getRawVerdict()).isEqualTo(Verdict.VERDICT_IN_BODY);
        assertThat(answer.getReason()).isEqualTo(io.scopegate.proto.v1.Reason.REASON_SMOOTHING);
    }

    @Test
    void negativeDurationsHaveOneSignOnTheWire() {
        com.google.protobuf.Duration wire = WireTime.write(Duration.ofMillis(-1500));

        assertThat(wire.getSeconds()).isEqualTo(-1);
        assertThat(wire.getNanos()).isEqualTo(-500_000_000);
    }

    private static FrameAnswer write(FrameOutcome outcome) {
        var frame = Frames.header(1, null, new ManualClock());
        var verdict =
                new StreamVerdict(VerdictPolicy.SINGLE_FRAME).next(frame, outcome, new PictureContent(Kind.PICTURE, 0));
        return AnswerWriter.write(
                new io.scopegate.server.frame.FrameAnswer(frame, outcome, verdict, NONE), Duration.ofMillis(1));
    }
}
