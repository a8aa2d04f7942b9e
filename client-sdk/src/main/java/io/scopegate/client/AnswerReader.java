package io.scopegate.client;

import io.scopegate.proto.v1.ClassProbability;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads the server's answer to a frame. Whatever it does not know, it reads as out of body. */
final class AnswerReader {
    private AnswerReader() {}

    static FrameAnswer read(io.scopegate.proto.v1.FrameAnswer answer, SentFrame frame, Duration roundTrip) {
        Outcome outcome = outcome(answer.getOutcome());
        return new FrameAnswer(
                frame.id(),
                outcome,
                verdict(outcome, answer.getVerdict()),
                verdict(outcome, answer.getRawVerdict()),
                reason(answer.getReason()),
                probabilities(answer),
                answer.getRawClass().isEmpty() ? Optional.empty() : Optional.of(answer.getRawClass()),
                answer.hasStatus() ? Optional.of(StatusReader.read(answer.getStatus())) : Optional.empty(),
                answer.hasModel() ? Optional.of(AcceptedReader.reference(answer.getModel())) : Optional.empty(),
                TimingsReader.read(answer.getTimings()),
                roundTrip,
                frame.captureTime(),
                frame.sourceFrameNumber(),
                frame.sourceTime());
    }

    /** Creates the answer that this client gives when the server does not. */
    static FrameAnswer abandoned(SentFrame frame, Reason reason, AnswerStatus status, Duration roundTrip) {
        return new FrameAnswer(
                frame.id(),
                Outcome.ABANDONED,
                Verdict.OUT_OF_BODY,
                Verdict.OUT_OF_BODY,
                reason,
                Map.of(),
                Optional.empty(),
                Optional.of(status),
                Optional.empty(),
                TimingsReader.read(io.scopegate.proto.v1.Timings.getDefaultInstance()),
                roundTrip,
                frame.captureTime(),
                frame.sourceFrameNumber(),
                frame.sourceTime());
    }

    private static Verdict verdict(Outcome outcome, io.scopegate.proto.v1.Verdict verdict) {
        boolean inBody = outcome == Outcome.CLASSIFIED && verdict == io.scopegate.proto.v1.Verdict.VERDICT_IN_BODY;
        return inBody ? Verdict.IN_BODY : Verdict.OUT_OF_BODY;
    }

    private static Outcome outcome(io.scopegate.proto.v1.Outcome outcome) {
        return switch (outcome) {
            case OUTCOME_CLASSIFIED -> Outcome.CLASSIFIED;
            case OUTCOME_SUPERSEDED -> Outcome.SUPERSEDED;
            case OUTCOME_EXPIRED -> Outcome.EXPIRED;
            case OUTCOME_REJECTED -> Outcome.REJECTED;
            case OUTCOME_FAILED, OUTCOME_UNSPECIFIED, UNRECOGNIZED -> Outcome.FAILED;
        };
    }

    private static Reason reason(io.scopegate.proto.v1.Reason reason) {
        return switch (reason) {
            case REASON_UNSPECIFIED, UNRECOGNIZED -> Reason.UNKNOWN;
            default -> Reason.valueOf(reason.name().substring("REASON_".length()));
        };
    }

    private static Map<String, Double> probabilities(io.scopegate.proto.v1.FrameAnswer answer) {
        var byLabel = new LinkedHashMap<String, Double>();
        for (ClassProbability probability : answer.getProbabilitiesList()) {
            byLabel.put(probability.getLabel(), probability.getProbability());
        }
        return byLabel;
    }
}
