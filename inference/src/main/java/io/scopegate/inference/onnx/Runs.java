package io.scopegate.inference.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.RunOptions;
import io.scopegate.inference.InferenceFailedException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The runs of all sessions of one runtime, which can be ended together. They share ONNX Runtime's run options, by whose
 * terminate flag a run stops before its next node. Any thread.
 */
final class Runs {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition returned = lock.newCondition();

    /** Never closed: a run may use it until the process ends. Made for the first run, which has loaded the native library. */
    private @Nullable RunOptions options;

    private int underway;
    private boolean ended;

    /** A run that is under way until it is closed, which is to be done once. */
    final class Run implements AutoCloseable {

        private final RunOptions options;

        private Run(RunOptions options) {
            this.options = options;
        }

        /** What ONNX Runtime is to be given for it. */
        RunOptions options() {
            return options;
        }

        @Override
        public void close() {
            lock.lock();
            try {
                underway--;
                returned.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * A run begins.
     *
     * @throws InferenceFailedException if runs have been ended
     */
    Run begin() throws OrtException, InferenceFailedException {
        lock.lock();
        try {
            if (ended) {
                throw new InferenceFailedException("the process is ending", null);
            }
            Run run = new Run(shared());
            underway++;
            return run;
        } finally {
            lock.unlock();
        }
    }

    private RunOptions shared() throws OrtException {
        RunOptions made = options == null ? new RunOptions() : options;
        options = made;
        return made;
    }

    /**
     * Ends the runs under way and refuses all later ones.
     *
     * @param patience how long to wait for those under way
     * @return whether all of them have returned
     */
    boolean end(Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lockInterruptibly();
        try {
            ended = true;
            boolean told = terminate();
            while (told && underway > 0 && left > 0) {
                left = returned.awaitNanos(left);
            }
            return underway == 0;
        } finally {
            lock.unlock();
        }
    }

    /** False if ONNX Runtime does not take it. */
    private boolean terminate() {
        try {
            if (options != null) {
                options.setTerminate(true);
            }
            return true;
        } catch (OrtException e) {
            return false;
        }
    }

    /**
     * Before a session is opened.
     *
     * @throws OrtException if runs have been ended: none of it could run
     */
    void requireGoingOn() throws OrtException {
        lock.lock();
        try {
            if (ended) {
                throw new OrtException("the process is ending");
            }
        } finally {
            lock.unlock();
        }
    }
}
