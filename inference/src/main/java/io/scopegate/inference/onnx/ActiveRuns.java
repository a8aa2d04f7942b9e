package io.scopegate.inference.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.RunOptions;
import io.scopegate.inference.InferenceFailedException;
import io.scopegate.inference.InferenceFailedException.Fault;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The runs of all sessions of one runtime, which can be terminated together. They share ONNX Runtime's run options,
 * whose terminate flag stops a run before its next node. May be used from any thread.
 */
final class ActiveRuns {

    private static final String ENDING = "the process is ending";

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition returned = lock.newCondition();

    /**
     * Never closed, since a run may use them until the process ends. Created for the first run, whose session has
     * loaded the native library.
     */
    private @Nullable RunOptions options;

    private int underway;
    private boolean ended;

    /** A run, which is under way until it is closed. Must be closed exactly once. */
    final class Run implements AutoCloseable {

        private final RunOptions options;

        private Run(RunOptions options) {
            this.options = options;
        }

        /** Returns the options with which ONNX Runtime has to run it. */
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
     * Begins a run.
     *
     * @throws InferenceFailedException if runs have been ended
     */
    Run begin() throws OrtException, InferenceFailedException {
        lock.lock();
        try {
            if (ended) {
                throw new InferenceFailedException(ENDING, null, Fault.PROCESS_ENDING);
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
     * Terminates the runs under way and refuses all later ones.
     *
     * @param patience how long to wait for the runs under way
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

    /** Sets the terminate flag. Returns false if ONNX Runtime does not accept that. */
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

    /** Returns the fault of a run that has failed with this message. */
    Fault fault(@Nullable String message) {
        lock.lock();
        try {
            return ended ? Fault.PROCESS_ENDING : DeviceFault.of(message);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Checks that a session may be opened.
     *
     * @throws OrtException if runs have been ended, since none could run in the session
     */
    void requireGoingOn() throws OrtException {
        lock.lock();
        try {
            if (ended) {
                throw new OrtException(ENDING);
            }
        } finally {
            lock.unlock();
        }
    }
}
