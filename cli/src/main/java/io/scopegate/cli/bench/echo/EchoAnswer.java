package io.scopegate.cli.bench.echo;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import io.scopegate.proto.v1.ClassProbability;
import io.scopegate.proto.v1.ClassifyStreamResponse;
import io.scopegate.proto.v1.FrameAnswer;
import io.scopegate.proto.v1.ModelReference;
import io.scopegate.proto.v1.Outcome;
import io.scopegate.proto.v1.Reason;
import io.scopegate.proto.v1.Timings;
import io.scopegate.proto.v1.Verdict;

/** An answer with the same fields as that of a judged frame, and therefore the same size. */
final class EchoAnswer {

    private static final Duration SOME_TIME =
            Duration.newBuilder().setNanos(1_234_567).build();
    private static final ModelReference MODEL = ModelReference.newBuilder()
            .setName("inbody")
            .setVersion("1")
            .setDigest("sha256:" + "0".repeat(64))
            .build();

    private EchoAnswer() {}

    static ClassifyStreamResponse of(long frameId, Timestamp captureTime) {
        FrameAnswer.Builder answer = FrameAnswer.newBuilder()
                .setFrameId(frameId)
                .setOutcome(Outcome.OUTCOME_CLASSIFIED)
                .setVerdict(Verdict.VERDICT_OUT_OF_BODY)
                .setRawVerdict(Verdict.VERDICT_OUT_OF_BODY)
                .setReason(Reason.REASON_MODEL)
                .addProbabilities(probability("inbody"))
                .addProbabilities(probability("outbody"))
                .setRawClass("outbody")
                .setModel(MODEL)
                .setTimings(timings(captureTime))
                .setCaptureTime(captureTime);
        return ClassifyStreamResponse.newBuilder().setAnswer(answer).build();
    }

    private static ClassProbability.Builder probability(String label) {
        return ClassProbability.newBuilder().setLabel(label).setProbability(0.123);
    }

    private static Timings timings(Timestamp receivedAt) {
        return Timings.newBuilder()
                .setReceivedAt(receivedAt)
                .setDecode(SOME_TIME)
                .setPreprocess(SOME_TIME)
                .setQueue(SOME_TIME)
                .setInfer(SOME_TIME)
                .setPostprocess(SOME_TIME)
                .setTotal(SOME_TIME)
                .setAgeAtVerdict(SOME_TIME)
                .setClockOffset(SOME_TIME)
                .setClockUncertainty(SOME_TIME)
                .setBatchSize(1)
                .build();
    }
}
