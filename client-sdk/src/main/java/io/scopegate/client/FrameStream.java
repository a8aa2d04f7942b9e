package io.scopegate.client;

import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One stream of frames, from its acceptance to its end. A stream that has ended cannot be resumed; open another one.
 *
 * <p>Every frame that was sent gets exactly one answer, in the order of sending. When the stream ends, for whatever
 * reason, the client itself answers the remaining frames with {@link Outcome#ABANDONED}.
 *
 * <p><b>Receiving answers.</b> With {@link StreamOptions.Builder#onAnswer} answers go to the callback. Without it, they
 * must be read with {@link #next()} or {@link #answers()}. A stream uses one of the two.
 *
 * <p><b>Credits.</b> The server grants a number of credits. A frame holds one credit from sending until its answer has
 * been delivered, which bounds the memory used by frames in flight and by answers waiting to be read. A thread that
 * both sends and reads must therefore use {@link #offer}, and read when it returns {@code false}: {@link #send} could
 * wait for an answer that only the same thread can read.
 *
 * <p>Thread-safe. Frames sent from several threads go out in the order in which the calls acquire the stream.
 */
public final class FrameStream implements AutoCloseable {
    private static final Duration CALLBACKS_AT_CLOSE = Duration.ofSeconds(5);
    private static final Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);

    private final StreamCall call;
    private final AcceptedStream accepted;
    private final StreamListener listener;
    private final Optional<AnswerThread> callbacks;

    /**
     * Held from taking a delivery until the listener has been told of it, so that the listener is told of everything
     * in order.
     */
    private final ReentrantLock reading = new ReentrantLock();

    FrameStream(StreamCall call, AcceptedStream accepted, StreamOptions options) {
        this.call = call;
        this.accepted = accepted;
        this.listener = options.listener();
        String threadName = "scopegate-answers-" + accepted.streamId();
        this.callbacks =
                options.onAnswer().map(onAnswer -> AnswerThread.start(call, onAnswer, options.listener(), threadName));
    }

    /** The settings with which the server accepted the stream. */
    public AcceptedStream accepted() {
        return accepted;
    }

    /** The model that the stream uses now, by the server's last message. */
    public ServedModel model() {
        return call.ask(StreamState::model);
    }

    /** How many frames may be unanswered at once, by the server's last message. */
    public int credits() {
        return call.ask(StreamState::credits);
    }

    /**
     * The offset of the server's clock: of the exchanges of the last minute, the one with the smallest uncertainty.
     * Empty if the server has not answered a probe yet. Four exchanges take place at the start, then one every 10 s.
     */
    public Optional<ClockOffset> clockOffset() {
        return call.ask(state -> state.clocks().best());
    }

    /**
     * Sends a frame. Blocks while all credits are in use. Also blocks while the transport is not ready, except that up
     * to 1 MiB of unanswered frames is queued ahead of it. If only the newest frame is worth sending over a slow link,
     * use {@link #offer(Frame)}, which queues nothing ahead.
     *
     * @throws ScopegateException.StreamEnded if the stream ended before the frame was sent
     * @throws IllegalArgumentException if the frame is larger than the server or the client allows; the stream goes on
     * @throws IllegalStateException after {@link #finish()}, or on the stream's callback thread, which must not wait
     *     for answers that only it can deliver
     */
    public void send(Frame frame) {
        Objects.requireNonNull(frame, "frame");
        refuseOnCallbackThread("send");
        call.send(frame);
    }

    /**
     * Sends a frame if that is possible without waiting; never blocks.
     *
     * @return false if the frame was not sent, because there is no credit or the transport is not ready; it then gets
     *     no answer
     * @throws ScopegateException.StreamEnded as {@link #send}
     * @throws IllegalArgumentException as {@link #send}
     * @throws IllegalStateException after {@link #finish()}
     */
    public boolean offer(Frame frame) {
        return call.offer(Objects.requireNonNull(frame, "frame"));
    }

    /**
     * Sends a frame. Blocks for at most this time while all credits are in use or the transport is not ready.
     *
     * @return false if the frame could not be sent in time; it then gets no answer
     * @throws ScopegateException.StreamEnded as {@link #send}
     * @throws IllegalArgumentException as {@link #send}
     * @throws IllegalStateException as {@link #send}
     */
    public boolean offer(Frame frame, Duration timeout) {
        Objects.requireNonNull(frame, "frame");
        Objects.requireNonNull(timeout, "timeout");
        refuseOnCallbackThread("offer with a time to wait");
        return call.offer(frame, timeout);
    }

    /**
     * Returns the next answer. Blocks until there is one.
     *
     * @return empty when the stream has ended and all answers have been read
     * @throws IllegalStateException if the answers go to a callback
     */
    public Optional<FrameAnswer> next() {
        return read(FOR_EVER, call::take);
    }

    /**
     * Returns the next answer. Blocks until there is one, for at most this time.
     *
     * @return empty when the stream has ended and all answers have been read
     * @throws ScopegateException.TimedOut if there is none within this time, or another thread is reading meanwhile;
     *     the stream goes on
     * @throws IllegalStateException if the answers go to a callback
     */
    public Optional<FrameAnswer> next(Duration timeout) {
        long deadlineNanos = Timeouts.deadline(Objects.requireNonNull(timeout, "timeout"));
        return read(timeout, () -> call.takeUntil(deadlineNanos, timeout));
    }

    /** The remaining answers until the stream ends; the same as calling {@link #next()} repeatedly. */
    public Iterable<FrameAnswer> answers() {
        return AnswerIterator::new;
    }

    /**
     * The verdict to act on at this moment, between two answers: a dead man's switch for a recorder or a robot.
     *
     * <p>In body only if the stream is open, the newest answered frame was in body, and that frame was sent no longer
     * than {@code maxAge} ago. Otherwise out of body, including before the first answer and after the end of the
     * stream. It makes no difference whether the answer has been read or delivered to the callback yet.
     *
     * <p>A superseded frame changes nothing: the frame before it still counts, with its own age. Any other frame that
     * was not classified makes the verdict out of body.
     *
     * <p>This says nothing about a picture that has not been answered yet: after the camera leaves the body, pictures
     * are let through for as long as an answer takes. An application that can wait should hold each picture until its
     * own answer.
     *
     * <p>Never blocks and never throws, on any thread. A {@code maxAge} of null gives out of body, as does a clock that
     * throws.
     *
     * @param maxAge counted from the call that sent the frame, so that a slow link or server is noticed; measured by
     *     the monotonic clock or the wall clock, whichever shows more, so that a suspended machine is noticed too.
     *     Choose at least the usual {@link FrameAnswer#roundTrip()} plus the time between two classified frames
     */
    public Verdict currentVerdict(Duration maxAge) {
        return call.currentVerdict(maxAge);
    }

    /**
     * Tells the server that no more frames will follow. The server answers the pending frames and ends the stream.
     * Returns at once; the remaining answers arrive as usual. From here on it takes longer to detect a server that has
     * fallen silent: see {@link ScopegateClientBuilder#keepAlive}.
     */
    public void finish() {
        call.finish();
    }

    /** How the stream ended; empty while it is open. */
    public Optional<StreamEnd> end() {
        return call.ask(StreamState::end);
    }

    /**
     * Blocks until the stream has ended and, with a callback, all answers have been delivered to it.
     *
     * @throws ScopegateException.TimedOut if that takes longer than {@code timeout}; the stream is not affected
     * @throws IllegalStateException on the stream's callback thread
     */
    public StreamEnd awaitEnd(Duration timeout) {
        Objects.requireNonNull(timeout, "timeout");
        refuseOnCallbackThread("awaitEnd");
        long deadlineNanos = Timeouts.deadline(timeout);
        Optional<StreamEnd> end = call.awaitEnd(timeout);
        Duration left = Duration.ofNanos(deadlineNanos - System.nanoTime());
        if (end.isEmpty() || callbacks.isPresent() && !callbacks.get().awaitDone(left)) {
            throw new ScopegateException.TimedOut("the stream has not ended within " + timeout);
        }
        return end.get();
    }

    /**
     * Ends the stream at once. Unanswered frames are answered {@link Outcome#ABANDONED}. With a callback, those answers
     * have been delivered when this method returns, unless the callback takes longer than 5 s or is itself the caller.
     * Without a callback they can still be read. May be called more than once.
     */
    @Override
    public void close() {
        call.close();
        if (callbacks.isPresent() && !callbacks.get().isCurrent()) {
            callbacks.get().awaitDone(CALLBACKS_AT_CLOSE);
        }
    }

    private Optional<FrameAnswer> read(Duration timeout, Supplier<Optional<Delivery>> source) {
        if (callbacks.isPresent()) {
            throw new IllegalStateException("the answers of this stream go to its onAnswer callback");
        }
        awaitTurn(timeout);
        try {
            Optional<Delivery> next = source.get();
            while (next.isPresent()) {
                if (next.get() instanceof Delivery.Answered answered) {
                    return Optional.of(answered.answer());
                }
                Delivery.tell(listener, next.get());
                next = source.get();
            }
            return Optional.empty();
        } finally {
            reading.unlock();
        }
    }

    /** Waits until no other thread reads, or tells the listener of what it has read. */
    private void awaitTurn(Duration timeout) {
        try {
            if (!reading.tryLock() && !reading.tryLock(Timeouts.nanos(timeout), TimeUnit.NANOSECONDS)) {
                throw new ScopegateException.TimedOut("no answer within " + timeout);
            }
        } catch (InterruptedException e) {
            throw Failures.interrupted(e);
        }
    }

    private void refuseOnCallbackThread(String method) {
        if (callbacks.isPresent() && callbacks.get().isCurrent()) {
            throw new IllegalStateException(method + " called from the stream's own callback");
        }
    }

    private final class AnswerIterator implements Iterator<FrameAnswer> {
        private @Nullable FrameAnswer read;

        @Override
        public boolean hasNext() {
            if (read == null) {
                read = FrameStream.this.next().orElse(null);
            }
            return read != null;
        }

        @Override
        public FrameAnswer next() {
            if (!hasNext()) {
                throw new NoSuchElementException("the stream has ended and all its answers have been read");
            }
            FrameAnswer answer = Objects.requireNonNull(read);
            read = null;
            return answer;
        }
    }
}
