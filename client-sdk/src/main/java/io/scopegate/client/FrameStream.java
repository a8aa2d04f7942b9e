package io.scopegate.client;

import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One stream of frames over one connection, from acceptance to its end; it does not come back after that, so whoever
 * wants to go on opens another one.
 *
 * <p>Each frame that was taken gets exactly one answer, in the order of sending. When the stream ends, for whatever
 * reason, what the server has left open is answered {@link Outcome#ABANDONED}, so that the answers are complete without
 * the server.
 *
 * <p><b>Two ways to receive, one a stream.</b> With {@link StreamOptions.Builder#onAnswer} the answers are given to the
 * callback. Without it, they must be read with {@link #next()} or {@link #answers()}.
 *
 * <p><b>Credits.</b> The server grants a number of credits. A frame holds one from being sent until its answer has been
 * given out, so that this bounds the memory: contents in flight, and answers waiting to be read. It also means that a
 * thread that both sends and reads must use {@link #offer}, and read when that says {@code false}: {@link #send} would
 * wait for an answer that only the same thread could read.
 *
 * <p>Safe for use by several threads; frames then go out in the order in which the calls get through.
 */
public final class FrameStream implements AutoCloseable {
    private static final Duration CALLBACKS_AT_CLOSE = Duration.ofSeconds(5);

    private final StreamCall call;
    private final AcceptedStream accepted;
    private final StreamListener listener;
    private final Optional<AnswerThread> callbacks;

    FrameStream(StreamCall call, AcceptedStream accepted, StreamOptions options) {
        this.call = call;
        this.accepted = accepted;
        this.listener = options.listener();
        String threadName = "scopegate-answers-" + accepted.streamId();
        this.callbacks =
                options.onAnswer().map(onAnswer -> AnswerThread.start(call, onAnswer, options.listener(), threadName));
    }

    /** What the server settled on at the start. */
    public AcceptedStream accepted() {
        return accepted;
    }

    /** The model that the server serves now, by its last message. */
    public ServedModel model() {
        return call.ask(StreamState::model);
    }

    /** How many frames may be unanswered at once now, by the server's last message. */
    public int credits() {
        return call.ask(StreamState::credits);
    }

    /**
     * How far the server's clock is ahead: of the last minute's exchanges the one with the smallest uncertainty. Empty
     * if the server has not answered a probe. Four exchanges take place at the start, then one every 10 s.
     */
    public Optional<ClockOffset> clockOffset() {
        return call.ask(state -> state.clocks().best());
    }

    /**
     * Sends a frame; blocks while all credits are in use, and while the transport takes no more, unless the frames that are
     * not answered make less than a mebibyte: those it takes ahead. Where only the newest frame is worth sending over a slow
     * link, {@link #offer(Frame)} takes none ahead.
     *
     * @throws ScopegateException.StreamEnded if the stream has ended before or while waiting: the frame was not sent
     * @throws IllegalArgumentException if the frame is larger than server or client allow; the stream goes on
     * @throws IllegalStateException after {@link #finish()}, or on the stream's callback thread, which must not wait
     *     for answers that only it can give out
     */
    public void send(Frame frame) {
        Objects.requireNonNull(frame, "frame");
        refuseOnCallbackThread("send");
        call.send(frame);
    }

    /**
     * Sends a frame unless it would have to wait; never blocks.
     *
     * @return false if the frame was not sent, for want of a credit or since the transport takes no more now; it gets
     *     no answer then
     * @throws ScopegateException.StreamEnded as {@link #send}
     * @throws IllegalArgumentException as {@link #send}
     * @throws IllegalStateException after {@link #finish()}
     */
    public boolean offer(Frame frame) {
        return call.offer(Objects.requireNonNull(frame, "frame"));
    }

    /**
     * Sends a frame; blocks for this time at most while all credits are in use or the transport takes no more.
     *
     * @return false if the frame was not sent, for want of a credit in time or since the transport took no more; it gets
     *     no answer then
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
     * The next answer; blocks until there is one.
     *
     * @return empty when the stream has ended and all answers have been read
     * @throws IllegalStateException if the answers go to a callback
     */
    public Optional<FrameAnswer> next() {
        return read(call::take);
    }

    /**
     * The next answer; blocks until there is one, for this time at most.
     *
     * @return empty when the stream has ended and all answers have been read
     * @throws ScopegateException.TimedOut if there is none within this time; the stream lives on
     * @throws IllegalStateException if the answers go to a callback
     */
    public Optional<FrameAnswer> next(Duration timeout) {
        long deadlineNanos = Timeouts.deadline(Objects.requireNonNull(timeout, "timeout"));
        return read(() -> call.takeUntil(deadlineNanos, timeout));
    }

    /** The answers from here on, ending with the stream; the same as calling {@link #next()} again and again. */
    public Iterable<FrameAnswer> answers() {
        return AnswerIterator::new;
    }

    /**
     * What to act on at this moment, between two answers: a dead man's switch for a recorder or a robot. In body only
     * while the stream lives, the newest frame that the server has answered was in body, and that frame was sent no longer
     * than {@code maxAge} ago; out of body otherwise, before the first answer and after the end too. Whether the answer
     * has been read, or given to the callback, makes no difference.
     *
     * <p>A frame that a newer one superseded leaves this as it is, since it says nothing of those around it; the age counts
     * on from the judged one. Any other frame that was not judged is out of body here as well.
     *
     * <p>It says nothing of a picture that is not judged yet: a camera that has just left the body is let through for as long
     * as an answer takes. Whoever can wait holds each picture back until its own answer.
     *
     * <p>Never blocks and never throws, on any thread; a {@code maxAge} of null is out of body, as is a clock that throws.
     *
     * @param maxAge counted from the call that sent the frame, so that a link or a server that falls behind is seen, by the
     *     steady clock or the wall clock, whichever says more, so that a machine that has slept is seen too; at least the
     *     usual {@link FrameAnswer#roundTrip()} and the time between two frames that are judged
     */
    public Verdict currentVerdict(Duration maxAge) {
        return call.currentVerdict(maxAge);
    }

    /**
     * Says that no more frames will come: the server answers what it has and ends the stream. Returns at once; the
     * remaining answers arrive as before. A server that falls silent instead is found later than before: see {@link
     * ScopegateClientBuilder#keepAlive}.
     */
    public void finish() {
        call.finish();
    }

    /** How the stream ended; empty while it lives. */
    public Optional<StreamEnd> end() {
        return call.ask(StreamState::end);
    }

    /**
     * Blocks until the stream has ended and, with a callback, all answers have been given to it.
     *
     * @throws ScopegateException.TimedOut if that takes longer; the stream lives on
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
     * Ends the stream at once. What is unanswered is answered {@link Outcome#ABANDONED}: with a callback, it has been
     * given to it when this returns, unless the callback takes longer than 5 s or is itself the caller; else it can
     * still be read. May be called again.
     */
    @Override
    public void close() {
        call.close();
        if (callbacks.isPresent() && !callbacks.get().isCurrent()) {
            callbacks.get().awaitDone(CALLBACKS_AT_CLOSE);
        }
    }

    private Optional<FrameAnswer> read(Supplier<Optional<Delivery>> source) {
        if (callbacks.isPresent()) {
            throw new IllegalStateException("the answers of this stream go to its onAnswer callback");
        }
        Optional<Delivery> next = source.get();
        while (next.isPresent()) {
            if (next.get() instanceof Delivery.Answered answered) {
                return Optional.of(answered.answer());
            }
            Delivery.tell(listener, next.get());
            next = source.get();
        }
        return Optional.empty();
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
