package io.scopegate.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.scopegate.proto.v1.FrameAnswer.Builder;
import io.scopegate.proto.v1.Timings;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AnswerReaderTest {
    private static final SentFrame FRAME = new SentFrame(
            7,
            Instant.EPOCH,
            OptionalLong.of(42),
            Optional.of(Instant.MAX),
            0,
            new Moment(0, Optional.of(Instant.EPOCH)));

    @Property
    void onlyAClassifiedFrameWithAnInBodyVerdictIsInBody(
            @ForAll @IntRange(min = -1, max = 9) int outcome,
            @ForAll @IntRange(min = -1, max = 9) int verdict,
            @ForAll @IntRange(min = -1, max = 40) int reason) {
        FrameAnswer answer =
                read(message().setOutcomeValue(outcome).setVerdictValue(verdict).setReasonValue(reason));

        assertThat(answer.inBody()).isEqualTo(outcome == 1 && verdict == 2);
    }

    @Test
    void anAnswerWithNothingSetIsAFailureOutOfBody() {
        FrameAnswer answer = read(message());

        assertThat(answer.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(answer.verdict()).isEqualTo(Verdict.OUT_OF_BODY);
        assertThat(answer.rawVerdict()).isEqualTo(Verdict.OUT_OF_BODY);
        assertThat(answer.reason()).isEqualTo(Reason.UNKNOWN);
        assertThat(answer.rawClass()).isEmpty();
        assertThat(answer.model()).isEmpty();
        assertThat(answer.status()).isEmpty();
        assertThat(answer.timings().receivedAt()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = io.scopegate.proto.v1.Reason.class,
            names = {"UNRECOGNIZED", "REASON_UNSPECIFIED"},
            mode = EnumSource.Mode.EXCLUDE)
    void everyReasonOfTheContractHasItsName(io.scopegate.proto.v1.Reason reason) {
        assertThat("REASON_" + read(message().setReason(reason)).reason()).isEqualTo(reason.name());
    }

    @Test
    void probabilitiesKeepTheOrderOfTheLabels() {
        FrameAnswer answer = AnswerReader.read(Replies.inBody(7).getAnswer(), FRAME, Duration.ofMillis(3));

        assertThat(answer.probabilities().keySet()).containsExactly("in_body", "out_of_body");
        assertThat(answer.probabilities()).containsEntry("in_body", 0.9);
        assertThat(answer.rawClass()).hasValue("in_body");
        assertThat(answer.model().orElseThrow().name()).isEqualTo("gate");
        assertThat(answer.roundTrip()).isEqualTo(Duration.ofMillis(3));
    }

    @Test
    void theStatusNamesReasonFieldLimitAndValue() {
        var info = ErrorInfo.newBuilder()
                .setReason("REASON_BAD_DIMENSIONS")
                .setDomain("scopegate.io")
                .putMetadata("field", "format.width")
                .putMetadata("limit", "8192")
                .putMetadata("value", "9000");
        var status = Status.newBuilder()
                .setCode(3)
                .setMessage("width is 9000, at most 8192")
                .addDetails(Any.pack(info.build()));

        AnswerStatus read = read(message().setStatus(status)).status().orElseThrow();

        assertThat(read)
                .isEqualTo(new AnswerStatus(
                        "INVALID_ARGUMENT",
                        "width is 9000, at most 8192",
                        Optional.of("format.width"),
                        Optional.of("8192"),
                        Optional.of("9000"),
                        Optional.of("REASON_BAD_DIMENSIONS")));
    }

    @Test
    void timingsKeepTheirSigns() {
        Duration offset = Duration.ofMillis(-1_500);
        var timings = Timings.newBuilder()
                .setClockOffset(ProtoTime.duration(offset))
                .setInfer(ProtoTime.duration(Duration.ofNanos(1_234_567)))
                .setBatchSize(2);

        var read = read(message().setTimings(timings)).timings();

        assertThat(read.clockOffset()).hasValue(offset);
        assertThat(read.infer()).hasValue(Duration.ofNanos(1_234_567));
        assertThat(read.batchSize()).isEqualTo(2);
        assertThat(timings.getClockOffset().getSeconds()).isEqualTo(-1);
        assertThat(timings.getClockOffset().getNanos()).isEqualTo(-500_000_000);
    }

    @Test
    void answerCarriesTheMetadataOfItsFrame() {
        FrameAnswer answer = read(message());

        assertThat(answer.frameId()).isEqualTo(7);
        assertThat(answer.captureTime()).isEqualTo(Instant.EPOCH);
        assertThat(answer.sourceFrameNumber()).hasValue(42);
        assertThat(answer.sourceTime()).hasValue(Instant.MAX);
    }

    private static Builder message() {
        return io.scopegate.proto.v1.FrameAnswer.newBuilder().setFrameId(7);
    }

    private static FrameAnswer read(Builder message) {
        return AnswerReader.read(message.build(), FRAME, Duration.ZERO);
    }
}
