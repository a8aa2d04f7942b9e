package io.scopegate.client;

import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.scopegate.proto.v1.ClassifyStreamRequest;
import io.scopegate.proto.v1.ClassifyStreamResponse;
import io.scopegate.proto.v1.ClockProbe;
import io.scopegate.proto.v1.ClockReply;
import io.scopegate.proto.v1.StreamOpen;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One ClassifyStream call: its credits, its unanswered frames and what it has still to give out.
 *
 * <p>One lock guards everything, the writing to the transport included, so that frames are noted as unanswered in the
 * order in which they are written. The transport's threads only ever take the lock and never wait for the application.
 */
final class StreamCall extends ClientCall.Listener<ClassifyStreamResponse> {
    private static final Duration CLOCK_PERIOD = Duration.ofSeconds(10);
    /** Messages that the transport may hand over ahead; each one handled asks for one more. */
    private static final int READ_AHEAD = 8;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ClientCall<ClassifyStreamRequest, ClassifyStreamResponse> call;
    private final StreamSetup setup;
    private final UnansweredFrames unanswered = new UnansweredFrames();
    private final Deliveries deliveries = new Deliveries();
    private final ClockSync clocks = new ClockSync();

    private @Nullable AcceptedStream accepted;
    private @Nullable ServedModel model;
    private Scheduler.@Nullable Schedule probes;
    private @Nullable StreamEnd end;
    private int credits;
    private int withheldReads;
    private boolean draining;
    private boolean finished;

    StreamCall(ClientCall<ClassifyStreamRequest, ClassifyStreamResponse> call, StreamSetup setup) {
        this.call = call;
        this.setup = setup;
    }

    /** Blocks until the server has accepted; the first clock probe is stamped only once the connection stands. */
    AcceptedStream open(StreamOpen options, Duration timeout) {
        return locked(() -> {
            call.start(this, new Metadata());
            call.request(READ_AHEAD);
            long deadlineNanos = System.nanoTime() + timeout.toNanos();
            awaitOpening(call::isReady, deadlineNanos);
            var open = options.toBuilder().setClockProbe(clocks.start(now()));
            call.sendMessage(ClassifyStreamRequest.newBuilder().setOpen(open).build());
            awaitOpening(() -> accepted != null, deadlineNanos);
            return Objects.requireNonNull(accepted);
        });
    }

    void send(Frame frame) {
        ClassifyStreamRequest request = request(frame);
        locked(() -> {
            checkSize(request);
            await(this::sendable);
            write(request);
            return true;
        });
    }

    boolean offer(Frame frame) {
        ClassifyStreamRequest request = request(frame);
        return locked(() -> {
            checkSize(request);
            boolean sendable = sendable();
            if (sendable) {
                write(request);
            }
            return sendable;
        });
    }

    /** Half-closes; no message of any kind goes out after this. */
    void finish() {
        locked(() -> {
            if (end == null && !finished) {
                finished = true;
                call.halfClose();
                changed.signalAll();
            }
            return finished;
        });
    }

    void close() {
        locked(() -> cancel(Code.CANCELLED, "closed by this client"));
    }

    /** The next thing to give out; empty when the stream has ended and all has been given out. */
    Optional<Delivery> take() {
        return locked(() -> {
            await(() -> !deliveries.isEmpty() || end != null);
            return takeOldest();
        });
    }

    /** As {@link #take()}, for a thread that must give out everything before it ends. */
    Optional<Delivery> takeUninterruptibly() {
        return locked(() -> {
            while (deliveries.isEmpty() && end == null) {
                changed.awaitUninterruptibly();
            }
            return takeOldest();
        });
    }

    /** How the stream ended; empty if it has not within this time. */
    Optional<StreamEnd> awaitEnd(Duration timeout) {
        return locked(() -> {
            awaitUntil(() -> end != null, System.nanoTime() + timeout.toNanos());
            return Optional.ofNullable(end);
        });
    }

    Optional<StreamEnd> end() {
        return locked(() -> Optional.ofNullable(end));
    }

    int credits() {
        return locked(() -> credits);
    }

    /** Only after {@link #open}. */
    ServedModel model() {
        return locked(() -> Objects.requireNonNull(model));
    }

    Optional<ClockOffset> clockOffset() {
        return locked(clocks::best);
    }

    @Override
    public void onReady() {
        locked(() -> {
            changed.signalAll();
            return true;
        });
    }

    @Override
    public void onMessage(ClassifyStreamResponse message) {
        Instant received = now();
        locked(() -> end == null && handled(message, received));
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
        locked(() -> {
            AnswerStatus ending = ending(status, trailers);
            boolean linkLost = status.getCode() == Code.UNAVAILABLE && !draining;
            return end(ending, linkLost ? Reason.LINK_LOST : Reason.STREAM_ENDED);
        });
    }

    private boolean handled(ClassifyStreamResponse message, Instant received) {
        try {
            if (accepted == null) {
                accept(message, received);
            } else {
                handle(message, received);
            }
        } catch (RuntimeException e) {
            // Also a time or a number that cannot be: whatever cannot be read is the server's breach.
            return cancel(Code.INTERNAL, "breach of the protocol by the server: " + e.getMessage());
        }
        withheldReads++;
        readOn();
        changed.signalAll();
        return true;
    }

    private void accept(ClassifyStreamResponse message, Instant received) {
        if (!message.hasAccepted()) {
            throw new ProtocolBreach(message.getMessageCase() + " before the stream was accepted");
        }
        AcceptedStream settled = AcceptedReader.read(message.getAccepted());
        accepted = settled;
        model = settled.model();
        credits = settled.credits();
        complete(message.getAccepted().getClockReply(), received);
        probes = setup.scheduler().every(CLOCK_PERIOD, this::probe);
    }

    private void handle(ClassifyStreamResponse message, Instant received) {
        switch (message.getMessageCase()) {
            case ANSWER -> answered(message.getAnswer());
            case CREDIT -> credits = AcceptedReader.credits(message.getCredit().getCredits());
            case CLOCK_REPLY -> complete(message.getClockReply(), received);
            case MODEL_CHANGED -> changed(AcceptedReader.read(message.getModelChanged()));
            case DRAINING -> drain(ProtoTime.duration(message.getDraining().getTimeLeft()));
            case ACCEPTED -> throw new ProtocolBreach("the stream was accepted twice");
            case MESSAGE_NOT_SET -> {
                // A kind of message that only a newer server knows; nothing depends on it.
            }
        }
    }

    private void answered(io.scopegate.proto.v1.FrameAnswer answer) {
        SentFrame frame = unanswered.answered(answer.getFrameId());
        Duration roundTrip = setup.time().since(frame.sentNanos());
        deliveries.add(new Delivery.Answered(AnswerReader.read(answer, frame, roundTrip)));
    }

    private void changed(ServedModel next) {
        model = next;
        deliveries.add(new Delivery.ModelChange(next));
    }

    private void drain(Duration timeLeft) {
        draining = true;
        deliveries.add(new Delivery.Drain(timeLeft));
    }

    private void probe() {
        locked(() -> {
            if (end == null && !finished) {
                write(clocks.start(now()));
            }
            return true;
        });
    }

    private void complete(ClockReply reply, Instant received) {
        Optional<ClockProbe> completed = clocks.finish(reply, received);
        if (!finished) {
            completed.ifPresent(this::write);
        }
    }

    private void write(ClockProbe probe) {
        call.sendMessage(ClassifyStreamRequest.newBuilder().setClockProbe(probe).build());
    }

    private void write(ClassifyStreamRequest frame) {
        unanswered.add(SentFrame.of(frame.getFrame(), setup.time().nanoTime().getAsLong()));
        call.sendMessage(frame);
    }

    /** An answer that has not been given out holds its credit, so that a slow application slows the sender down. */
    private boolean sendable() {
        if (end != null) {
            throw new ScopegateException.StreamEnded(end);
        }
        if (finished) {
            throw new IllegalStateException("frame sent after finish()");
        }
        return unanswered.size() + deliveries.answers() < credits && call.isReady();
    }

    private Optional<Delivery> takeOldest() {
        if (deliveries.isEmpty()) {
            return Optional.empty();
        }
        Delivery oldest = deliveries.remove();
        readOn();
        changed.signalAll();
        return Optional.of(oldest);
    }

    private void readOn() {
        if (deliveries.hasRoom()) {
            call.request(withheldReads);
            withheldReads = 0;
        }
    }

    private boolean cancel(Code code, String message) {
        boolean ended = end(AnswerStatus.of(code.name(), message), Reason.STREAM_ENDED);
        if (ended) {
            call.cancel(message, null);
        }
        return ended;
    }

    /** Answers what the server has left open. Only the first end counts. */
    private boolean end(AnswerStatus status, Reason reason) {
        if (end != null) {
            return false;
        }
        List<SentFrame> abandoned = unanswered.abandoned();
        for (SentFrame frame : abandoned) {
            Duration waited = setup.time().since(frame.sentNanos());
            deliveries.add(new Delivery.Answered(AnswerReader.abandoned(frame, reason, status, waited)));
        }
        StreamEnd ended = new StreamEnd(status, abandoned.size());
        end = ended;
        deliveries.add(new Delivery.Ended(ended));
        if (probes != null) {
            probes.cancel();
        }
        changed.signalAll();
        setup.ended().accept(this);
        return true;
    }

    /** A server that ends a stream with OK must have answered everything. */
    private AnswerStatus ending(Status status, Metadata trailers) {
        return status.isOk() && unanswered.size() > 0
                ? AnswerStatus.of(Code.INTERNAL.name(), "the server ended the stream and left frames unanswered")
                : StatusReader.read(status, trailers);
    }

    private void awaitOpening(BooleanSupplier condition, long deadlineNanos) {
        try {
            awaitUntil(() -> condition.getAsBoolean() || end != null, deadlineNanos);
        } catch (ScopegateException.Interrupted e) {
            cancel(Code.CANCELLED, "interrupted while opening");
            throw e;
        }
        if (end != null) {
            throw Failures.of(end.status());
        }
        if (!condition.getAsBoolean()) {
            cancel(Code.CANCELLED, "not accepted in time");
            throw new ScopegateException.TimedOut("the server has not accepted the stream in time");
        }
    }

    private void await(BooleanSupplier condition) {
        try {
            while (!condition.getAsBoolean()) {
                changed.await();
            }
        } catch (InterruptedException e) {
            throw Failures.interrupted(e);
        }
    }

    private void awaitUntil(BooleanSupplier condition, long deadlineNanos) {
        try {
            long left = deadlineNanos - System.nanoTime();
            while (!condition.getAsBoolean() && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            throw Failures.interrupted(e);
        }
    }

    private void checkSize(ClassifyStreamRequest request) {
        long serverLimit = Objects.requireNonNull(accepted).limits().maxMessageBytes();
        long limit = serverLimit > 0 ? Math.min(serverLimit, setup.maxMessageBytes()) : setup.maxMessageBytes();
        MessageSize.check(request, limit);
    }

    private static ClassifyStreamRequest request(Frame frame) {
        return ClassifyStreamRequest.newBuilder().setFrame(frame.message()).build();
    }

    private Instant now() {
        return setup.time().wall().instant();
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
