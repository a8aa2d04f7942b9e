package io.scopegate.server.grpc;

import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.stub.ServerCallStreamObserver;
import io.scopegate.proto.v1.ClassifyRequest;
import io.scopegate.proto.v1.ClassifyResponse;
import io.scopegate.server.admission.AgeBudget;
import io.scopegate.server.admission.DeliveryPolicy;
import io.scopegate.server.admission.StreamTerms;
import io.scopegate.server.frame.ArrivedFrame;
import io.scopegate.server.frame.FrameAnswer;
import io.scopegate.server.frame.FrameOutcome.Classified;
import io.scopegate.server.frame.ModelIdentity;
import io.scopegate.server.model.NamedModel;
import io.scopegate.server.pipeline.AnswerSink;
import io.scopegate.server.pipeline.FrameStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One frame alone: a stream of one frame, without credits. The call's deadline is the frame's age budget. */
final class UnaryCall implements AnswerSink, OpenCall {

    private static final Logger LOG = Logger.getLogger(UnaryCall.class);

    private final CallServices services;
    private final OpenCalls calls;
    private final ServerCallStreamObserver<ClassifyResponse> call;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile NamedModel model;
    private volatile String device = "";
    private volatile @Nullable FrameStream stream;

    UnaryCall(CallServices services, OpenCalls calls, ServerCallStreamObserver<ClassifyResponse> call) {
        this.services = services;
        this.calls = calls;
        this.call = call;
        this.model = services.models().first();
    }

    void start(ClassifyRequest request) throws CallRefusedException {
        if (!request.hasFrame()) {
            throw CallRefusedException.breach("frame", "a frame", "absent");
        }
        ChosenModel chosen = ChosenModel.of(services.models(), request.hasModel() ? request.getModel() : null);
        StreamTerms terms = new StreamTerms(
                OpenReader.deviceId(request.getDeviceId()),
                null,
                DeliveryPolicy.BLOCK,
                timeLeft(),
                chosen.selection(),
                null,
                services.settings().room());
        ArrivedFrame frame = new FrameReader(services.clock()).read(request.getFrame(), null);
        FrameStream opened = services.pipelines()
                .of(chosen.model())
                .open(terms, services.settings().verdicts().singleFrame(), this);
        model = chosen.model();
        device = terms.deviceId();
        stream = opened;
        calls.enter(this, Caller.current());
        call.setOnCancelHandler(this::cancelled);
        switch (opened.admit(frame)) {
            case TAKEN -> {}
            case BROKEN -> refuse(CallRefusedException.internal());
            // Ended meanwhile by a server that stops.
            case TOO_LATE -> services.metrics().abandoned(model.name(), 1);
        }
    }

    private static AgeBudget timeLeft() {
        Deadline deadline = Context.current().getDeadline();
        return deadline == null
                ? AgeBudget.NONE
                : new AgeBudget(Duration.ofNanos(deadline.timeRemaining(TimeUnit.NANOSECONDS)));
    }

    @Override
    public void answer(FrameAnswer answer) {
        ClassifyResponse response;
        try {
            response = response(answer);
            services.audit().singles().answered(device, model.name(), answer);
        } catch (RuntimeException | Error e) {
            try {
                services.metrics().abandoned(model.name(), 1);
            } finally {
                refuse(CallRefusedException.internal());
            }
            // To be said last, since that takes memory.
            LOG.error("failed to write an answer", e);
            return;
        }
        if (ended.getAndSet(true)) {
            // Its client has gone while it was made.
            services.metrics().abandoned(model.name(), 1);
            return;
        }
        try {
            write(answer, response);
        } finally {
            // Last, since a server that stops waits for nothing after it.
            calls.leave(this);
        }
    }

    private void write(FrameAnswer answer, ClassifyResponse response) {
        try {
            abandon();
            services.metrics().answered(model.name(), answer);
        } finally {
            // Its client has it also where there is no memory to count it.
            call.onNext(response);
            call.onCompleted();
        }
        services.traces().answered(answer);
    }

    private ClassifyResponse response(FrameAnswer answer) {
        Duration total =
                Duration.ofNanos(services.clock().nanoTime() - answer.header().receivedNanos());
        ClassifyResponse.Builder response = ClassifyResponse.newBuilder().setAnswer(AnswerWriter.write(answer, total));
        if (answer.outcome() instanceof Classified classified) {
            ModelIdentity model = classified.model();
            response.addAllLabels(model.labels()).setInBodyThreshold(model.inBodyThreshold());
        }
        return response.build();
    }

    /** Ends the call with a fault, also where there is no memory to count its frame. False if it has ended before. */
    boolean refuse(CallRefusedException fault) {
        if (ended.getAndSet(true)) {
            return false;
        }
        try {
            abandon();
        } finally {
            try {
                call.onError(fault.toGrpc());
            } finally {
                calls.leave(this);
            }
        }
        return true;
    }

    /** What is inside is not answered any more. Only for whoever has ended the call. */
    private void abandon() {
        FrameStream opened = stream;
        if (opened != null) {
            services.metrics().abandoned(model.name(), opened.abandon());
        }
    }

    /** Its answer cannot be made. */
    @Override
    public void broken() {
        refuse(CallRefusedException.internal());
    }

    /** Does not come: the stream is given up with its one answer. */
    @Override
    public void finished() {
        cancelled();
    }

    /** The client is gone, or the transport has ended the call. */
    private void cancelled() {
        if (ended.getAndSet(true)) {
            return;
        }
        try {
            abandon();
        } finally {
            calls.leave(this);
        }
    }

    @Override
    public void drain(Duration timeLeft) {
        // Its one frame is on its way already and ends the call.
    }

    @Override
    public void cutOff() {
        refuse(CallRefusedException.draining());
    }
}
