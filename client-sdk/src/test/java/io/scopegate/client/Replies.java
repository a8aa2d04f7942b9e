package io.scopegate.client;

import io.scopegate.proto.v1.ClassProbability;
import io.scopegate.proto.v1.ClassifyStreamResponse;
import io.scopegate.proto.v1.Draining;
import io.scopegate.proto.v1.FrameAnswer;
import io.scopegate.proto.v1.ModelChanged;
import io.scopegate.proto.v1.ModelReference;
import io.scopegate.proto.v1.StreamAccepted;
import java.time.Duration;

/** A server's messages. */
final class Replies {
    static final ModelReference MODEL = ModelReference.newBuilder()
            .setName("gate")
            .setVersion("1")
            .setDigest("sha256:" + "0".repeat(64))
            .build();

    private Replies() {}

    static ClassifyStreamResponse accepted(int credits) {
        return accepted(StreamAccepted.newBuilder().setCredits(credits));
    }

    static ClassifyStreamResponse accepted(StreamAccepted.Builder accepted) {
        return ClassifyStreamResponse.newBuilder()
                .setAccepted(accepted.setStreamId("s-1")
                        .setModel(MODEL)
                        .addLabels("in_body")
                        .addLabels("out_of_body")
                        .setInBodyThreshold(0.7)
                        .setServer("fake/1"))
                .build();
    }

    static ClassifyStreamResponse inBody(long frameId) {
        return answer(FrameAnswer.newBuilder()
                .setFrameId(frameId)
                .setOutcome(io.scopegate.proto.v1.Outcome.OUTCOME_CLASSIFIED)
                .setVerdict(io.scopegate.proto.v1.Verdict.VERDICT_IN_BODY)
                .setRawVerdict(io.scopegate.proto.v1.Verdict.VERDICT_IN_BODY)
                .setReason(io.scopegate.proto.v1.Reason.REASON_MODEL)
                .addProbabilities(probability("in_body", 0.9))
                .addProbabilities(probability("out_of_body", 0.1))
                .setRawClass("in_body")
                .setModel(MODEL));
    }

    static ClassifyStreamResponse modelChanged(double threshold) {
        return ClassifyStreamResponse.newBuilder()
                .setModelChanged(ModelChanged.newBuilder().setModel(MODEL).setInBodyThreshold(threshold))
                .build();
    }

    static ClassifyStreamResponse draining(int seconds) {
        return ClassifyStreamResponse.newBuilder()
                .setDraining(Draining.newBuilder().setTimeLeft(ProtoTime.duration(Duration.ofSeconds(seconds))))
                .build();
    }

    static ClassifyStreamResponse answer(FrameAnswer.Builder answer) {
        return ClassifyStreamResponse.newBuilder().setAnswer(answer).build();
    }

    private static ClassProbability probability(String label, double probability) {
        return ClassProbability.newBuilder()
                .setLabel(label)
                .setProbability(probability)
                .build();
    }
}
