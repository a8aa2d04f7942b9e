package io.scopegate.server.pipeline;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The two stages at which streams queue, and the threads that serve them: workers prepare frames, inference threads
 * judge them. An inference thread that has nothing to judge prepares a small frame itself while no worker is busy. So
 * a lone frame, such as a single camera sends, goes all the way on one thread and does not wait for another to wake
 * up. Any thread.
 */
final class StageQueues {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();
    private final StreamQueue decode = new StreamQueue(lock, this::moreToDecode, FrameStream::decodeEntry);
    private final StreamQueue infer = new StreamQueue(lock, this::moreToJudge, FrameStream::inferEntry);
    private int workersAtWork;
    private int idleInference;
    private boolean leftToWorkers;

    /** What an inference thread is to do next with a stream. */
    sealed interface InferenceTurn {

        /** Judge the stream's next tensor. */
        record Judge(FrameStream stream) implements InferenceTurn {}

        /** Prepare the stream's next frame. */
        record Prepare(FrameStream stream) implements InferenceTurn {}
    }

    /** Returns the queue of streams whose next frame is to be decoded. */
    StreamQueue decode() {
        return decode;
    }

    /** Returns the queue of streams whose next tensor is to be judged. */
    StreamQueue infer() {
        return infer;
    }

    /** Waits for a worker's next stream. {@link #workerDone} must be called afterwards. */
    FrameStream takeForWorker() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            FrameStream next = decode.take();
            workersAtWork++;
            leftToWorkers = false;
            return next;
        } finally {
            lock.unlock();
        }
    }

    /** Notes that a worker has finished with its stream. */
    void workerDone() {
        lock.lock();
        try {
            workersAtWork--;
        } finally {
            lock.unlock();
        }
    }

    /** Gives back an inference thread's turn to prepare a frame, and leaves it to a worker. */
    void leaveToWorker(FrameStream stream) {
        lock.lock();
        try {
            leftToWorkers = true;
            decode.putBack(stream);
        } finally {
            lock.unlock();
        }
    }

    /** Returns what an inference thread is to do next, or null if there is nothing within the given time. */
    @Nullable
    InferenceTurn pollForInference(Duration time) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = time.toNanos();
            InferenceTurn next = nextForInference();
            while (next == null && left > 0) {
                left = awaitIdle(left);
                next = nextForInference();
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    private long awaitIdle(long nanos) throws InterruptedException {
        idleInference++;
        try {
            return idle.awaitNanos(nanos);
        } finally {
            idleInference--;
        }
    }

    private @Nullable InferenceTurn nextForInference() {
        FrameStream toJudge = infer.peek();
        FrameStream toPrepare = toJudge == null && mayPrepare() ? decode.peek() : null;
        // Created before the queues change: if memory runs out, no stream may lose its turn.
        InferenceTurn turn = turn(toJudge, toPrepare);
        infer.poll();
        if (toPrepare != null) {
            decode.poll();
        } else if (decode.peek() != null) {
            // This thread may have been woken for that frame in place of a worker.
            decode.signal();
        }
        return turn;
    }

    private static @Nullable InferenceTurn turn(@Nullable FrameStream toJudge, @Nullable FrameStream toPrepare) {
        if (toJudge != null) {
            return new InferenceTurn.Judge(toJudge);
        }
        return toPrepare == null ? null : new InferenceTurn.Prepare(toPrepare);
    }

    /** Not while a worker is busy: the frame that it is preparing would have to wait for this thread. */
    private boolean mayPrepare() {
        FrameStream next = decode.peek();
        return next != null && next.nextIsSmall() && workersAtWork == 0 && !leftToWorkers;
    }

    private void moreToDecode() {
        if (idleInference > 0 && decode.size() == 1 && mayPrepare()) {
            idle.signal();
        } else {
            decode.signal();
        }
    }

    private void moreToJudge() {
        if (idleInference > 0) {
            idle.signal();
        } else {
            infer.signal();
        }
    }
}
