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

/** A single call: a stream of one frame, without credits. The call's deadline is the frame's age budget. */
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
                services.settings().frameLimits());
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
            // Ended in the meantime by a server that is stopping.
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
            // Logged last, since that takes memory.
            LOG.error("failed to write an answer", e);
            return;
        }
        if (ended.getAndSet(true)) {
            // The call ended while the answer was being created.
            services.metrics().abandoned(model.name(), 1);
            return;
        }
        try {
            write(answer, response);
        } finally {
            // Last, since a server that is stopping waits for nothing after this.
            calls.leave(this);
        }
    }

    private void write(FrameAnswer answer, ClassifyResponse response) {
        try {
            abandon();
            services.metrics().answered(model.name(), answer);
        } finally {
            // The client gets the answer even if there is no memory to count it.
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

    /**
     * Ends the call with a fault, even if there is no memory to count its frame. Returns false if it had already ended.
     */
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

    /**
     * Drops the frame if it is still inside, and counts it as abandoned. Only for the thread that has ended the call.
     */
    private void abandon() {
        FrameStream opened = stream;
        if (opened != null) {
            services.metrics().abandoned(model.name(), opened.abandon());
        }
    }

    /** Ends the call, since its answer could not be created. */
    @Override
    public void broken() {
        refuse(CallRefusedException.internal());
    }

    /** Never called: the stream is abandoned with its one answer, before it could finish. */
    @Override
    public void finished() {
        cancelled();
    }

    /** Called when the client is gone or the transport has ended the call. */
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
        // The one frame is already being handled, and its answer ends the call.
    }

    @Override
    public void cutOff() {
        refuse(CallRefusedException.draining());
    }
}
