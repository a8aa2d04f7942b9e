package io.scopegate.server.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.scopegate.proto.v1.ClassifyStreamResponse;
import io.scopegate.server.frame.FrameAnswer;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The outgoing messages of one stream, in order. Writes them as fast as the client reads; what the client does not take
 * yet waits here, up to a limit. Ends the call at most once and writes nothing after that. Any thread; never blocks.
 */
final class Outbox {

    private final ServerCallStreamObserver<ClassifyStreamResponse> call;
    private final int limit;
    private final Consumer<FrameAnswer> whenSent;
    private final Runnable whenEnded;
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Letter> waiting;
    private boolean ending;
    private @Nullable CallRefusedException fault;
    private volatile boolean ended;
    private int unsent;

    /** A message, and the answer that it contains, if any. */
    private record Letter(
            ClassifyStreamResponse message, @Nullable FrameAnswer answer) {}

    /**
     * Creates the outbox of one call.
     *
     * @param limit how many messages may wait
     * @param whenSent is called for each answer that is handed to the transport; must not block
     * @param whenEnded runs once nothing will be written any more; must not block
     */
    Outbox(
            ServerCallStreamObserver<ClassifyStreamResponse> call,
            int limit,
            Consumer<FrameAnswer> whenSent,
            Runnable whenEnded) {
        this.call = call;
        this.limit = limit;
        // This queue allocates its node before it accepts a message, so that none is lost for lack of memory.
        this.waiting = new LinkedBlockingQueue<>(limit);
        this.whenSent = whenSent;
        this.whenEnded = whenEnded;
    }

    /** Writes a message, now or later. Returns false if this ends the call because the client reads too slowly. */
    boolean send(ClassifyStreamResponse message) {
        return send(new Letter(message, null));
    }

    /** Does the same for a message that contains this answer. */
    boolean send(ClassifyStreamResponse message, FrameAnswer answer) {
        return send(new Letter(message, answer));
    }

    private boolean send(Letter letter) {
        lock.lock();
        try {
            if (ended || ending) {
                drop(letter);
                return true;
            }
            if (waiting.isEmpty() && call.isReady()) {
                call.onNext(letter.message());
                sent(letter);
                return true;
            }
            if (waiting.offer(letter)) {
                return true;
            }
            CallRefusedException tooSlow = CallRefusedException.slowReader(limit);
            drop(letter);
            end(tooSlow);
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void sent(Letter letter) {
        if (letter.answer() != null) {
            whenSent.accept(letter.answer());
        }
    }

    private void drop(Letter letter) {
        unsent += letter.answer() == null ? 0 : 1;
    }

    /** Returns true once nothing will be written any more. */
    boolean ended() {
        return ended;
    }

    /**
     * Returns how many answers were passed in and dropped. Those that waited are among them once the outbox has ended.
     */
    int unsent() {
        lock.lock();
        try {
            return unsent;
        } finally {
            lock.unlock();
        }
    }

    /** Writes what waits, as far as the client can take it. */
    void flush() {
        lock.lock();
        try {
            while (!ended && !waiting.isEmpty() && call.isReady()) {
                // The message is removed only when it is written, so that it is still counted if writing fails.
                call.onNext(waiting.element().message());
                sent(waiting.remove());
            }
            if (ending && waiting.isEmpty()) {
                end(fault);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends the call once everything is written: with OK, or with the given fault. */
    void finish(@Nullable CallRefusedException last) {
        lock.lock();
        try {
            fault = ending ? fault : last;
            ending = true;
        } finally {
            lock.unlock();
        }
        flush();
    }

    /** Ends the call at once, without writing what waits. */
    void fail(CallRefusedException now) {
        lock.lock();
        try {
            end(now);
        } finally {
            lock.unlock();
        }
    }

    /** Drops everything, because the client is gone; the call must not be used any more. */
    void cancelled() {
        lock.lock();
        try {
            if (!ended) {
                ended = true;
                dropAll();
                whenEnded.run();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Allocates no memory, since there may be none when the call has to end. */
    private void dropAll() {
        for (Letter letter = waiting.poll(); letter != null; letter = waiting.poll()) {
            drop(letter);
        }
    }

    private void end(@Nullable CallRefusedException how) {
        if (ended) {
            return;
        }
        ended = true;
        dropAll();
        try {
            if (how == null) {
                call.onCompleted();
            } else {
                call.onError(how.toGrpc());
            }
        } finally {
            whenEnded.run();
        }
    }
}
