package io.scopegate.server.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.scopegate.proto.v1.ClassifyStreamResponse;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What goes to one client, in order. Writes while the client reads; what it does not read yet waits here, up to a
 * limit. Any thread; never blocks. Ends the call once, and writes nothing after that.
 */
final class Outbox {

    private final ServerCallStreamObserver<ClassifyStreamResponse> call;
    private final int limit;
    private final Runnable whenEnded;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<ClassifyStreamResponse> waiting = new ArrayDeque<>();
    private @Nullable Ending ending;
    private boolean ended;

    /** How a call is to end once all is written; a null fault means OK. */
    private record Ending(@Nullable CallRefusedException fault) {}

    /**
     * For one call.
     *
     * @param limit how many messages may wait
     * @param whenEnded is run once nothing will be written any more; must not block
     */
    Outbox(ServerCallStreamObserver<ClassifyStreamResponse> call, int limit, Runnable whenEnded) {
        this.call = call;
        this.limit = limit;
        this.whenEnded = whenEnded;
    }

    /** Writes a message, now or later. False if the call is ended by this one, since the reader is too slow. */
    boolean send(ClassifyStreamResponse message) {
        lock.lock();
        try {
            if (ended || ending != null) {
                return true;
            }
            if (waiting.isEmpty() && call.isReady()) {
                call.onNext(message);
                return true;
            }
            if (waiting.size() >= limit) {
                end(new Ending(CallRefusedException.slowReader(limit)));
                return false;
            }
            waiting.add(message);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The client can take more. */
    void flush() {
        lock.lock();
        try {
            while (!ended && !waiting.isEmpty() && call.isReady()) {
                call.onNext(waiting.remove());
            }
            if (ending != null && waiting.isEmpty()) {
                end(ending);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends the call once all is written: with OK, or with a fault. */
    void finish(@Nullable CallRefusedException fault) {
        lock.lock();
        try {
            ending = ending == null ? new Ending(fault) : ending;
        } finally {
            lock.unlock();
        }
        flush();
    }

    /** Ends the call at once. What waits is not written. */
    void fail(CallRefusedException fault) {
        lock.lock();
        try {
            end(new Ending(fault));
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
                waiting.clear();
                whenEnded.run();
            }
        } finally {
            lock.unlock();
        }
    }

    private void end(Ending how) {
        if (ended) {
            return;
        }
        ended = true;
        waiting.clear();
        try {
            if (how.fault() == null) {
                call.onCompleted();
            } else {
                call.onError(how.fault().toGrpc());
            }
        } finally {
            whenEnded.run();
        }
    }
}
