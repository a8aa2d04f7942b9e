package io.scopegate.server.grpc;

import com.google.protobuf.Any;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.scopegate.proto.v1.ClassProbability;
import io.scopegate.proto.v1.FrameAnswer.Builder;
import io.scopegate.proto.v1.ModelReference;
import io.scopegate.proto.v1.Outcome;
import io.scopegate.proto.v1.Timings;
import io.scopegate.proto.v1.Verdict;
import io.scopegate.server.frame.FrameAnswer;
import io.scopegate.server.frame.FrameHeader;
import io.scopegate.server.frame.FrameOutcome;
import io.scopegate.server.frame.FrameOutcome.Classified;
import io.scopegate.server.frame.FrameOutcome.Expired;
import io.scopegate.server.frame.FrameOutcome.Failed;
import io.scopegate.server.frame.FrameOutcome.Rejected;
import io.scopegate.server.frame.FrameOutcome.Superseded;
import io.scopegate.server.frame.Milliseconds;
import io.scopegate.server.frame.ModelIdentity;
import io.scopegate.server.frame.Reason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Writes a frame's answer as a message of the contract. */
final class AnswerWriter {

    private AnswerWriter() {}

    /**
     * Writes one answer.
     *
     * @param total time from the frame's arrival until now
     */
    static io.scopegate.proto.v1.FrameAnswer write(FrameAnswer answer, Duration total) {
        Builder wire = io.scopegate.proto.v1.FrameAnswer.newBuilder()
                .setVerdict(verdict(answer.verdict().inBody()))
                .setRawVerdict(verdict(answer.verdict().rawInBody()))
                .setReason(reason(answer.verdict().reason()))
                .setTimings(timings(answer, total));
        writeHeader(wire, answer.header());
        writeOutcome(wire, answer.outcome());
        return wire.build();
    }

    static ModelReference model(ModelIdentity model) {
        return ModelReference.newBuilder()
                .setName(model.name())
                .setVersion(String.valueOf(model.version()))
                .setDigest(model.digest())
                .build();
    }

    private static Verdict verdict(boolean inBody) {
        return inBody ? Verdict.VERDICT_IN_BODY : Verdict.VERDICT_OUT_OF_BODY;
    }

    static io.scopegate.proto.v1.Reason reason(Reason reason) {
        return io.scopegate.proto.v1.Reason.valueOf("REASON_" + reason.name());
    }

    private static void writeHeader(Builder wire, FrameHeader header) {
        wire.setFrameId(header.id());
        if (header.captureTime() != null) {
            wire.setCaptureTime(WireTime.write(header.captureTime()));
        }
        if (header.source().frameNumber() != null) {
            wire.setSourceFrameNumber(header.source().frameNumber());
        }
        if (header.source().time() != null) {
            wire.setSourceTime(WireTime.write(header.source().time()));
        }
    }

    private static void writeOutcome(Builder wire, FrameOutcome outcome) {
        switch (outcome) {
            case Classified classified -> writeClassified(wire, classified);
            case Superseded superseded ->
                wire.setOutcome(Outcome.OUTCOME_SUPERSEDED)
                        .setStatus(status(
                                Code.ABORTED,
                                outcome,
                                "frame " + Long.toUnsignedString(superseded.newerFrameId()) + " took its place",
                                null));
            case Expired(Duration age, Duration budget) -> {
                var fault = new CallRefusedException.Fault(
                        "age", "at most " + Milliseconds.of(budget), Milliseconds.roundedUp(age));
                wire.setOutcome(Outcome.OUTCOME_EXPIRED)
                        .setStatus(status(Code.DEADLINE_EXCEEDED, outcome, fault.message(), fault));
            }
            case Rejected rejected -> {
                var fault = new CallRefusedException.Fault(rejected.field(), rejected.limit(), rejected.value());
                Code code = rejected.reason() == Reason.QUEUE_FULL ? Code.RESOURCE_EXHAUSTED : Code.INVALID_ARGUMENT;
                wire.setOutcome(Outcome.OUTCOME_REJECTED).setStatus(status(code, outcome, fault.message(), fault));
            }
            case Failed failed ->
                wire.setOutcome(Outcome.OUTCOME_FAILED)
                        .setStatus(status(failureCode(failed.reason()), outcome, failed.message(), null));
        }
    }

    private static void writeClassified(Builder wire, Classified classified) {
        ModelIdentity model = classified.model();
        wire.setOutcome(Outcome.OUTCOME_CLASSIFIED)
                .setRawClass(model.labels().get(classified.rawClass()))
                .setModel(model(model));
        for (int i = 0; i < classified.probabilities().size(); i++) {
            wire.addProbabilities(ClassProbability.newBuilder()
                    .setLabel(model.labels().get(i))
                    .setProbability(classified.probabilities().get(i)));
        }
    }

    private static Code failureCode(Reason reason) {
        return switch (reason) {
            case NO_MODEL, MODEL_LOADING, DRAINING -> Code.UNAVAILABLE;
            default -> Code.INTERNAL;
        };
    }

    private static Status status(
            Code code, FrameOutcome outcome, String message, CallRefusedException.@Nullable Fault fault) {
        String reason = reason(outcome.reason()).name();
        ErrorInfo info = fault == null ? CallRefusedException.Fault.bareInfo(reason) : fault.errorInfo(reason);
        return Status.newBuilder()
                .setCode(code.getNumber())
                .setMessage(message)
                .addDetails(Any.pack(info))
                .build();
    }

    private static Timings timings(FrameAnswer answer, Duration total) {
        io.scopegate.server.frame.Timings times = answer.timings();
        Timings.Builder wire = Timings.newBuilder()
                .setReceivedAt(WireTime.write(answer.header().receivedAt()))
                .setTotal(WireTime.write(total))
                .setBatchSize(times.batchSize());
        if (times.decode() != null) {
            wire.setDecode(WireTime.write(times.decode()));
        }
        if (times.preprocess() != null) {
            wire.setPreprocess(WireTime.write(times.preprocess()));
        }
        if (times.queue() != null) {
            wire.setQueue(WireTime.write(times.queue()));
        }
        if (times.infer() != null) {
            wire.setInfer(WireTime.write(times.infer()));
        }
        if (times.postprocess() != null) {
            wire.setPostprocess(WireTime.write(times.postprocess()));
        }
        if (times.age() != null) {
            wire.setAgeAtVerdict(WireTime.write(times.age().sinceCapture()))
                    .setClockOffset(WireTime.write(times.age().clockOffset()))
                    .setClockUncertainty(WireTime.write(times.age().clockUncertainty()));
        }
        return wire.build();
    }
}
