package io.scopegate.server.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.scopegate.proto.v1.ClassifyStreamRequest;
import io.scopegate.proto.v1.ClassifyStreamResponse;
import io.scopegate.proto.v1.ClockProbe;
import io.scopegate.proto.v1.ClockReply;
import io.scopegate.proto.v1.Draining;
import io.scopegate.proto.v1.ModelChanged;
import io.scopegate.proto.v1.StreamOpen;
import io.scopegate.server.admission.ClockOffset;
import io.scopegate.server.admission.StreamTerms;
import io.scopegate.server.audit.StreamTrail;
import io.scopegate.server.frame.FrameAnswer;
import io.scopegate.server.model.NamedModel;
import io.scopegate.server.pipeline.AnswerSink;
import io.scopegate.server.pipeline.FrameStream;
import io.scopegate.server.telemetry.RefusedMessage;
import io.scopegate.server.telemetry.VerdictTransitions;
import io.scopegate.server.verdict.VerdictPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * One stream of a device. Requests arrive one at a time on a transport thread, answers on any thread.
 *
 * <p>Requests one message from the transport for each that it has finished with, and a frame is finished with when its
 * answer is on its way out. So there are never more messages inside than the stream's credits and one more, whatever
 * the client does.
 */
final class StreamCall implements StreamObserver<ClassifyStreamRequest>, AnswerSink, OpenCall {

    private static final Logger LOG = Logger.getLogger(StreamCall.class);
    private static final LimitedLog CLIENTS_LOG = new LimitedLog(LOG, System::nanoTime);

    private final String id;
    private final CallServices services;
    private final OpenCalls calls;
    private final ServerCallStreamObserver<ClassifyStreamResponse> call;
    private final Outbox outbox;
    private final LastAnswersTimeout lastAnswersTimeout;
    private final FrameReader frames;
    private final StreamTrail trail;
    private final VerdictTransitions transitions;
    private volatile NamedModel model;
    private volatile @Nullable FrameStream stream;
    private volatile boolean halfClosed;
    private volatile boolean drained;
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicBoolean concluded = new AtomicBoolean();
    private final AtomicInteger unwritable = new AtomicInteger();
    private final AnnouncedModel announcedModel = new AnnouncedModel();

    StreamCall(
            String id, CallServices services, OpenCalls calls, ServerCallStreamObserver<ClassifyStreamResponse> call) {
        this.id = id;
        this.services = services;
        this.calls = calls;
        this.call = call;
        this.model = services.models().first();
        this.outbox = new Outbox(call, services.settings().waitingAnswers(), this::sent, this::ended);
        this.lastAnswersTimeout = new LastAnswersTimeout(services.timer(), outbox);
        this.frames = new FrameReader(services.clock());
        this.trail = new StreamTrail(services.audit(), id);
        this.transitions = new VerdictTransitions(services.metrics());
    }

    /** Registers the handlers and requests the first message. */
    void start() {
        call.disableAutoRequest();
        call.setOnReadyHandler(this::readOn);
        call.setOnCancelHandler(this::cancelled);
        // The transport closes the call itself if a message cannot be read. That is not a cancellation.
        call.setOnCloseHandler(this::cancelled);
        call.request(1);
    }

    @Override
    public void onNext(ClassifyStreamRequest request) {
        if (over.get()) {
            if (request.hasFrame()) {
                cameTooLate();
            }
            return;
        }
        try {
            switch (request.getMessageCase()) {
                case OPEN -> open(request.getOpen());
                case FRAME -> frame(request.getFrame());
                case CLOCK_PROBE -> clockProbe(request.getClockProbe());
                case MESSAGE_NOT_SET ->
                    throw CallRefusedException.breach("message", "open, frame or clock_probe", "absent");
            }
        } catch (CallRefusedException e) {
            refuse(request, RefusedMessage.NOT_ALLOWED, e);
        } catch (RuntimeException | Error e) {
            // Logged last, since that takes memory.
            refuse(request, RefusedMessage.FAULT, CallRefusedException.internal());
            LOG.errorf(e, "stream %s: failed to handle a message", id);
        } finally {
            conclude();
        }
    }

    private void refuse(ClassifyStreamRequest request, RefusedMessage why, CallRefusedException fault) {
        boolean first = !over.getAndSet(true);
        if (request.hasFrame()) {
            // If not first, another thread ended the stream while this message was being handled.
            services.metrics().refused(first ? why : RefusedMessage.CALL_OVER);
        }
        end(first, fault);
    }

    private void open(StreamOpen open) throws CallRefusedException {
        if (stream != null) {
            throw CallRefusedException.breach("message", "frame or clock_probe after the first", "open");
        }
        Instant receivedAt = services.clock().wallTime();
        ChosenModel chosen = ChosenModel.of(services.models(), open.hasModel() ? open.getModel() : null);
        StreamTerms terms = new OpenReader(services.settings()).read(open, chosen);
        VerdictPolicy verdicts = new VerdictPolicies(services.settings().verdicts()).read(open);
        announcedModel.accepted(terms, chosen.served());
        FrameStream opened = services.pipelines().of(chosen.model()).open(terms, verdicts, this);
        ClockMessages.learn(open.getClockProbe(), opened.clientClock(), services.clock());
        ClockReply reply =
                ClockMessages.reply(open.getClockProbe(), receivedAt, opened.clientClock(), services.clock());
        send(ClassifyStreamResponse.newBuilder()
                .setAccepted(new AcceptedWriter(services.settings(), services.version())
                        .write(id, new NegotiatedTerms(terms, verdicts), chosen.served(), reply))
                .build());
        trail.opened(terms.deviceId(), chosen.model().name());
        model = chosen.model();
        stream = opened;
        if (over.get()) {
            // Ended in the meantime by a thread that could not see the stream yet.
            end();
            return;
        }
        CLIENTS_LOG.say(
                Level.INFO,
                "stream %s opened by device '%s' (%s): %s, model %s",
                id,
                terms.deviceId(),
                OpenReader.program(open),
                terms.policy(),
                chosen.model().name());
        // One more than the credits, so that a clock probe is read even while all of them are in use.
        call.request(terms.credits() + 1);
    }

    private void frame(io.scopegate.proto.v1.Frame frame) throws CallRefusedException {
        FrameStream opened = opened("frame");
        switch (opened.admit(frames.read(frame, opened.terms().format()))) {
            case TAKEN -> {}
            case BROKEN -> fail(CallRefusedException.internal());
            case TOO_LATE -> cameTooLate();
        }
    }

    /** Counts a frame that arrived while the stream was being ended, and gets no answer. */
    private void cameTooLate() {
        services.metrics().abandoned(model.name(), 1);
    }

    private void clockProbe(ClockProbe probe) throws CallRefusedException {
        Instant receivedAt = services.clock().wallTime();
        ClockOffset clientClock = opened("clock_probe").clientClock();
        ClockMessages.learn(probe, clientClock, services.clock());
        ClockReply reply = ClockMessages.reply(probe, receivedAt, clientClock, services.clock());
        if (reply != null) {
            send(ClassifyStreamResponse.newBuilder().setClockReply(reply).build());
        }
        call.request(1);
    }

    private FrameStream opened(String message) throws CallRefusedException {
        FrameStream opened = stream;
        if (opened == null) {
            throw CallRefusedException.breach("message", "open as the first", message);
        }
        return opened;
    }

    /** Called when the client can take more messages. */
    private void readOn() {
        outbox.flush();
        conclude();
    }

    /** The client has half-closed. */
    @Override
    public void onCompleted() {
        halfClosed = true;
        FrameStream opened = stream;
        if (opened == null) {
            end();
            finish(null);
        } else {
            opened.finish();
        }
    }

    /** The stream is broken. */
    @Override
    public void onError(Throwable fault) {
        cancelled();
    }

    /** Called when the client is gone or the transport has ended the call. */
    private void cancelled() {
        outbox.cancelled();
        end();
        conclude();
    }

    /** Ends the stream at once with the given reason. Returns false if it had already ended. */
    boolean fail(CallRefusedException fault) {
        boolean first = !over.getAndSet(true);
        end(first, fault);
        return first;
    }

    private void end(boolean first, CallRefusedException fault) {
        try {
            end();
        } finally {
            // The client is told even if something could not be released.
            outbox.fail(fault);
        }
        conclude();
        if (first) {
            CLIENTS_LOG.say(Level.INFO, "stream %s ended: %s", id, fault.getMessage());
        }
    }

    /**
     * Accepts no more frames and drops those inside. The call stays open until what waits for its client is written.
     */
    private void end() {
        over.set(true);
        FrameStream opened = stream;
        if (opened != null) {
            opened.abandon();
        }
    }

    /**
     * Once nothing will be written any more, drops what is inside, and counts and records how many frames have got no
     * answer; does so only once. Every path that may have ended the stream ends with this, when its own answer is
     * accounted for. If counting fails, for example for lack of memory, it is done when the transport releases the
     * call.
     */
    private void conclude() {
        FrameStream opened = stream;
        if (opened == null || !outbox.ended() || concluded.getAndSet(true)) {
            return;
        }
        boolean counted = false;
        try {
            int unanswered = opened.abandon();
            int unsent = outbox.unsent() + unwritable.get();
            services.metrics().abandoned(model.name(), unsent + unanswered);
            counted = true;
            trail.ended(unsent, unanswered);
        } finally {
            concluded.set(counted);
            // Last, since a server that is stopping waits for nothing after this.
            calls.leave(this);
        }
    }

    /** Called when nothing will be written any more. */
    private void ended() {
        lastAnswersTimeout.stopWaiting();
        if (stream == null) {
            calls.leave(this);
        }
    }

    @Override
    public void answer(FrameAnswer answer) {
        try {
            write(answer);
        } catch (RuntimeException | Error e) {
            // The frame would stay unanswered while its stream lives.
            unwritable.incrementAndGet();
            fail(CallRefusedException.internal());
            LOG.errorf(e, "stream %s: failed to write an answer", id);
        } finally {
            conclude();
        }
    }

    private void write(FrameAnswer answer) {
        trail.answered(answer);
        transitions.answered(model.name(), answer);
        ModelChanged news = announcedModel.before(answer);
        if (news != null) {
            send(ClassifyStreamResponse.newBuilder().setModelChanged(news).build());
        }
        Duration total =
                Duration.ofNanos(services.clock().nanoTime() - answer.header().receivedNanos());
        ClassifyStreamResponse message = ClassifyStreamResponse.newBuilder()
                .setAnswer(AnswerWriter.write(answer, total))
                .build();
        endIfSlow(outbox.send(message, answer));
        call.request(1);
    }

    /** Called when an answer has been handed to the transport. */
    private void sent(FrameAnswer answer) {
        services.metrics().answered(model.name(), answer);
        services.traces().answered(answer);
    }

    /** Ends the stream: the frame whose answer could not be created counts as unanswered, like those behind it. */
    @Override
    public void broken() {
        fail(CallRefusedException.internal());
    }

    @Override
    public void finished() {
        end();
        finish(drained && !halfClosed ? CallRefusedException.draining() : null);
        conclude();
    }

    /**
     * Ends the call once everything is written. Until then the stream keeps its place, but not for a client that never
     * reads. If the client has not half-closed, a drain is finishing the stream, and cuts it off when its own time is
     * over.
     */
    private void finish(@Nullable CallRefusedException fault) {
        outbox.finish(fault);
        if (halfClosed && !outbox.ended()) {
            waitForReader();
        }
    }

    private void waitForReader() {
        try {
            lastAnswersTimeout.await(this::leaveUnread);
        } catch (RejectedExecutionException e) {
            // The server has stopped, so that no timer would end the stream.
            fail(CallRefusedException.draining());
        }
    }

    private void leaveUnread() {
        CLIENTS_LOG.say(Level.INFO, "stream %s ended: the client did not read its last answers", id);
        fail(CallRefusedException.leftUnread(LastAnswersTimeout.LIMIT));
    }

    private void send(ClassifyStreamResponse message) {
        endIfSlow(outbox.send(message));
    }

    private void endIfSlow(boolean inTime) {
        if (!inTime) {
            CLIENTS_LOG.say(Level.INFO, "stream %s ended: the client reads its answers too slowly", id);
            end();
        }
    }

    @Override
    public void drain(Duration timeLeft) {
        drained = true;
        FrameStream opened = stream;
        if (opened == null) {
            fail(CallRefusedException.draining());
        } else {
            send(ClassifyStreamResponse.newBuilder()
                    .setDraining(Draining.newBuilder().setTimeLeft(WireTime.write(timeLeft)))
                    .build());
            opened.drain();
            conclude();
        }
    }

    @Override
    public void cutOff() {
        fail(CallRefusedException.draining());
    }
}
