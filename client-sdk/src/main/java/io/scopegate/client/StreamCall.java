package io.scopegate.client;

import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.scopegate.proto.v1.ClassifyStreamRequest;
import io.scopegate.proto.v1.ClassifyStreamResponse;
import io.scopegate.proto.v1.ClockProbe;
import io.scopegate.proto.v1.StreamOpen;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One ClassifyStream call: writes what is sent, keeps what arrives until it is taken, and decides when the stream is
 * over.
 *
 * <p>One lock guards everything, including the writes to the transport, so that frames are noted as unanswered in the
 * order in which they are written. The transport's threads take the lock but never wait for the application.
 */
final class StreamCall extends ClientCall.Listener<ClassifyStreamResponse> {
    static final Duration CLOCK_PERIOD = Duration.ofSeconds(10);
    static final Duration TICK = Duration.ofMillis(500);
    /** How many messages the transport may hand over ahead; each one handled requests one more. */
    private static final int READ_AHEAD = 8;

    /**
     * How many bytes of unanswered frames may be written although the transport is not ready. Beyond that, the next
     * frame waits until the transport has written those before it.
     */
    private static final int AHEAD_BYTES = 1 << 20;

    private final StreamLock lock = new StreamLock();
    private final ClientCall<ClassifyStreamRequest, ClassifyStreamResponse> call;
    private final StreamSetup setup;
    private final TimeSource time;
    private final StreamState state;

    private @Nullable Liveness liveness;
    private Scheduler.@Nullable Schedule ticks;
    private int withheldReads;
    private boolean finished;

    StreamCall(ClientCall<ClassifyStreamRequest, ClassifyStreamResponse> call, StreamSetup setup) {
        this.call = call;
        this.setup = setup;
        this.time = setup.settings().time();
        this.state = new StreamState(time);
    }

    /**
     * Opens the stream and blocks until the server has accepted it. The first clock probe is stamped only once the
     * connection is established.
     */
    AcceptedStream open(StreamOpen options, Duration timeout) {
        return lock.locked(() -> {
            long deadlineNanos = Timeouts.deadline(timeout);
            refuseIfEnded();
            call.start(this, new Metadata());
            call.request(READ_AHEAD);
            awaitOpening(call::isReady, deadlineNanos, "no connection within openTimeout, " + timeout);
            var open = options.toBuilder().setClockProbe(state.clocks().start(now()));
            call.sendMessage(ClassifyStreamRequest.newBuilder().setOpen(open).build());
            awaitOpening(
                    state::isAccepted,
                    deadlineNanos,
                    "connected, but the stream was not accepted within openTimeout, " + timeout);
            liveness = new Liveness(setup.settings().keepAlive(), CLOCK_PERIOD, nanos());
            ticks = setup.scheduler().every(TICK, this::tick);
            return state.accepted();
        });
    }

    void send(Frame frame) {
        Moment called = time.now();
        ClassifyStreamRequest request = request(frame);
        lock.locked(() -> {
            checkSize(request);
            lock.senders().await(() -> sendable() || sendableAhead(request));
            return write(request, called);
        });
    }

    boolean offer(Frame frame) {
        Moment called = time.now();
        ClassifyStreamRequest request = request(frame);
        return lock.locked(() -> {
            checkSize(request);
            return sendable() && write(request, called);
        });
    }

    /** Sends the frame as soon as that is possible, and returns false if it is not within this time. */
    boolean offer(Frame frame, Duration timeout) {
        Moment called = time.now();
        ClassifyStreamRequest request = request(frame);
        return lock.locked(() -> {
            checkSize(request);
            return lock.senders().awaitUntil(this::sendable, Timeouts.deadline(timeout)) && write(request, called);
        });
    }

    /** Half-closes. No message of any kind is sent after this. */
    void finish() {
        lock.locked(() -> {
            if (state.live() && !finished) {
                finished = true;
                call.halfClose();
                lock.changed();
            }
            return finished;
        });
    }

    void close() {
        lock.locked(() -> cancel(AnswerStatus.of(Code.CANCELLED.name(), "closed by this client"), Reason.STREAM_ENDED));
    }

    /** Waits for the next delivery and takes it. Empty when the stream has ended and everything has been taken. */
    Optional<Delivery> take() {
        return lock.locked(() -> {
            lock.takers().await(this::takeable);
            return takeOldest();
        });
    }

    /**
     * As {@link #take()}, but waits no longer than until the deadline.
     *
     * @param deadlineNanos by {@link System#nanoTime()}
     * @param timeout the time that ends with the deadline, for the exception's message
     * @throws ScopegateException.TimedOut if there is nothing until then
     */
    Optional<Delivery> takeUntil(long deadlineNanos, Duration timeout) {
        return lock.locked(() -> {
            if (!lock.takers().awaitUntil(this::takeable, deadlineNanos)) {
                throw new ScopegateException.TimedOut("no answer within " + timeout);
            }
            return takeOldest();
        });
    }

    /** As {@link #take()}, for a thread that must hand out everything before it ends. */
    Optional<Delivery> takeUninterruptibly() {
        return lock.locked(() -> {
            lock.takers().awaitUninterruptibly(this::takeable);
            return takeOldest();
        });
    }

    /** Waits for the end of the stream. Empty if it has not ended within this time. */
    Optional<StreamEnd> awaitEnd(Duration timeout) {
        return lock.locked(() -> {
            lock.takers().awaitUntil(() -> !state.live(), Timeouts.deadline(timeout));
            return state.end();
        });
    }

    /** Needs no lock, and so waits for nobody, not even while a frame is being written. */
    Verdict currentVerdict(Duration maxAge) {
        return state.currentVerdict().noOlderThan(maxAge);
    }

    /** Looks something up in the stream's state. */
    <T> T ask(Function<StreamState, T> question) {
        return lock.locked(() -> question.apply(state));
    }

    @Override
    public void onReady() {
        lock.locked(() -> {
            lock.senders().lookAgain();
            return true;
        });
    }

    @Override
    public void onMessage(ClassifyStreamResponse message) {
        Instant received = now();
        lock.locked(() -> state.live() && received(message, received));
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
        lock.locked(() -> {
            boolean linkLost = status.getCode() == Code.UNAVAILABLE && !state.draining();
            return end(ending(status, trailers), linkLost ? Reason.LINK_LOST : Reason.STREAM_ENDED);
        });
    }

    private boolean received(ClassifyStreamResponse message, Instant received) {
        try {
            if (liveness != null) {
                liveness.heard(nanos());
            }
            state.receive(message, received).ifPresent(this::write);
        } catch (RuntimeException e) {
            return cancel(ProtocolBreach.status(e), Reason.STREAM_ENDED);
        }
        withheldReads++;
        readOn();
        if (message.hasAnswer()) {
            // Senders need not be woken for its credit, which is free only once the answer has been taken.
            lock.takers().lookAgain();
            if (!call.isReady()) {
                // But a sender may be waiting for fewer unanswered bytes, to write ahead of the transport.
                lock.senders().lookAgain();
            }
        } else {
            lock.changed();
        }
        return true;
    }

    /** Must not throw: it would not be called again, and nothing would notice a server that falls silent. */
    private void tick() {
        lock.locked(() -> {
            try {
                return state.live() && liveness != null && look(liveness);
            } catch (RuntimeException e) {
                String text = "internal error of this client, for example of its clock: " + e;
                return cancel(AnswerStatus.of(Code.INTERNAL.name(), text), Reason.STREAM_ENDED);
            }
        });
    }

    private boolean look(Liveness signs) {
        // After finish() the transport never reports that it is ready, so nobody knows whether it is still sending.
        return switch (signs.due(nanos(), !call.isReady())) {
            case NOTHING -> true;
            // Nor can a probe be sent then; the answers or the end are awaited instead.
            case PROBE -> finished || write(state.clocks().start(now()));
            case GIVE_UP -> giveUp();
        };
    }

    private boolean giveUp() {
        String text = "the server did not answer a probe";
        setup.owner().silent();
        return cancel(AnswerStatus.of(Code.UNAVAILABLE.name(), text), Reason.LINK_LOST);
    }

    private boolean write(ClockProbe probe) {
        if (!finished) {
            call.sendMessage(
                    ClassifyStreamRequest.newBuilder().setClockProbe(probe).build());
        }
        return true;
    }

    private boolean write(ClassifyStreamRequest frame, Moment called) {
        state.sent(frame.getFrame(), called);
        call.sendMessage(frame);
        return true;
    }

    private boolean sendable() {
        state.end().ifPresent(end -> {
            throw new ScopegateException.StreamEnded(end);
        });
        if (finished) {
            throw new IllegalStateException("frame sent after finish()");
        }
        return state.hasCredit() && call.isReady();
    }

    /**
     * A small frame need not wait until the transport has written the frames before it: that wait would involve two
     * more threads.
     */
    private boolean sendableAhead(ClassifyStreamRequest request) {
        return state.hasCredit() && state.unansweredBytes() + request.getSerializedSize() <= AHEAD_BYTES;
    }

    private boolean takeable() {
        return !state.deliveries().isEmpty() || !state.live();
    }

    private Optional<Delivery> takeOldest() {
        if (state.deliveries().isEmpty()) {
            return Optional.empty();
        }
        Delivery oldest = state.deliveries().remove();
        readOn();
        lock.senders().lookAgain();
        return Optional.of(oldest);
    }

    private void readOn() {
        if (withheldReads > 0 && state.deliveries().hasRoom()) {
            call.request(withheldReads);
            withheldReads = 0;
        }
    }

    private boolean cancel(AnswerStatus status, Reason reason) {
        boolean ended = end(status, reason);
        if (ended) {
            call.cancel(status.message(), null);
        }
        return ended;
    }

    private boolean end(AnswerStatus status, Reason reason) {
        boolean ended = state.end(status, reason);
        if (ended) {
            if (ticks != null) {
                ticks.cancel();
            }
            setup.owner().ended(this);
            lock.changed();
        }
        return ended;
    }

    /** A server that ends a stream with OK must have answered everything. */
    private AnswerStatus ending(Status status, Metadata trailers) {
        return status.isOk() && state.hasUnanswered()
                ? AnswerStatus.of(Code.INTERNAL.name(), "the server ended the stream and left frames unanswered")
                : StatusReader.read(status, trailers);
    }

    private void awaitOpening(BooleanSupplier condition, long deadlineNanos, String elseText) {
        try {
            lock.senders().awaitUntil(() -> condition.getAsBoolean() || !state.live(), deadlineNanos);
        } catch (ScopegateException.Interrupted e) {
            cancel(AnswerStatus.of(Code.CANCELLED.name(), "interrupted while opening"), Reason.STREAM_ENDED);
            throw e;
        }
        refuseIfEnded();
        if (!condition.getAsBoolean()) {
            cancel(AnswerStatus.of(Code.CANCELLED.name(), elseText), Reason.STREAM_ENDED);
            throw new ScopegateException.TimedOut(elseText);
        }
    }

    private void refuseIfEnded() {
        state.end().ifPresent(end -> {
            throw Failures.of(end.status());
        });
    }

    private void checkSize(ClassifyStreamRequest request) {
        MessageSize.check(
                request,
                setup.settings().maxMessageBytes(),
                state.accepted().limits().maxMessageBytes());
    }

    private static ClassifyStreamRequest request(Frame frame) {
        return ClassifyStreamRequest.newBuilder().setFrame(frame.message()).build();
    }

    private Instant now() {
        return time.wall().instant();
    }

    private long nanos() {
        return time.nanoTime().getAsLong();
    }
}
