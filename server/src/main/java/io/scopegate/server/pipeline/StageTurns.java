package io.scopegate.server.pipeline;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The two stages at which streams line up, and who works there: workers prepare frames, inference threads judge them.
 * One of these that has nothing to judge prepares a small frame itself while no worker is at work: a frame that comes
 * alone, as those of a single camera do, goes all the way on one thread and waits for no other to wake up. Any thread.
 */
final class StageTurns {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();
    private final Turns decode = new Turns(lock, this::moreToDecode, FrameStream::decodeTurn);
    private final Turns infer = new Turns(lock, this::moreToJudge, FrameStream::inferTurn);
    private int workersAtWork;
    private int idleInference;
    private boolean leftToWorkers;

    /** What an inference thread does next with a stream. */
    sealed interface InferenceTurn {

        /** The stream's next tensor is judged. */
        record Judge(FrameStream stream) implements InferenceTurn {}

        /** The stream's next frame is prepared. */
        record Prepare(FrameStream stream) implements InferenceTurn {}
    }

    /** Where streams wait whose next frame is to be decoded. */
    Turns decode() {
        return decode;
    }

    /** Where streams wait whose next tensor is to be judged. */
    Turns infer() {
        return infer;
    }

    /** A worker waits for its next stream. To be followed by {@link #workerDone}. */
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

    /** A worker has done what it had to do with its stream. */
    void workerDone() {
        lock.lock();
        try {
            workersAtWork--;
        } finally {
            lock.unlock();
        }
    }

    /** An inference thread gives back a turn to prepare a frame; the next is a worker's. */
    void leaveToWorker(FrameStream stream) {
        lock.lock();
        try {
            leftToWorkers = true;
            decode.putBack(stream);
        } finally {
            lock.unlock();
        }
    }

    /** What an inference thread is to do next, or null if there is nothing in this time. */
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
        // Made before the line is touched: for want of memory nobody is to lose its turn.
        InferenceTurn turn = turn(toJudge, toPrepare);
        infer.poll();
        if (toPrepare != null) {
            decode.poll();
        } else if (decode.peek() != null) {
            // This thread may have been woken up for that frame, and no worker.
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

    /** Not while a worker is: what it prepares would wait for this thread. */
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
