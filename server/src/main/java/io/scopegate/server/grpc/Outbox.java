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
 * What goes to one client, in order. Writes while the client reads; what it does not read yet waits here, up to a
 * limit. Any thread; never blocks. Ends the call once, and writes nothing after that.
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

    /** A message, and the answer that is in it if one is. */
    private record Letter(
            ClassifyStreamResponse message, @Nullable FrameAnswer answer) {}

    /**
     * For one call.
     *
     * @param limit how many messages may wait
     * @param whenSent hears of each answer that is written; must not block
     * @param whenEnded is run once nothing will be written any more; must not block
     */
    Outbox(
            ServerCallStreamObserver<ClassifyStreamResponse> call,
            int limit,
            Consumer<FrameAnswer> whenSent,
            Runnable whenEnded) {
        this.call = call;
        this.limit = limit;
        // One that takes its memory before it takes a message: none is lost for want of it.
        this.waiting = new LinkedBlockingQueue<>(limit);
        this.whenSent = whenSent;
        this.whenEnded = whenEnded;
    }

    /** Writes a message, now or later. False if the call is ended by this one, since the reader is too slow. */
    boolean send(ClassifyStreamResponse message) {
        return send(new Letter(message, null));
    }

    /** The same for the message that has this answer. */
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

    /** True once nothing will be written any more. */
    boolean ended() {
        return ended;
    }

    /** How many answers came in and were not written, and will not be once it has ended. */
    int unsent() {
        lock.lock();
        try {
            return unsent;
        } finally {
            lock.unlock();
        }
    }

    /** The client can take more. */
    void flush() {
        lock.lock();
        try {
            while (!ended && !waiting.isEmpty() && call.isReady()) {
                // It stays there if it cannot be written, and is then not lost from the count.
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

    /** Ends the call once all is written: with OK, or with a fault. */
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

    /** Ends the call at once. What waits is not written. */
    void fail(CallRefusedException now) {
        lock.lock();
        try {
            end(now);
        } finally {
            lock.unlock();
        }
    }

    /** The client is gone: the call must not be touched any more. */
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

    /** Takes no memory, of which there may be none when the call has to end. */
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
