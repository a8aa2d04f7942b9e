package io.scopegate.server.model;

import io.scopegate.server.infer.OngoingFault;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The thread that detects hung loads, because a thread that waits in a load cannot. */
final class LoadWatchThread {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final List<LoadWatch> loads;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final OngoingFault notLookedAt =
            OngoingFault.of(LoadWatchThread.class, "checking for hung model loads failed, will retry");

    LoadWatchThread(List<LoadWatch> loads) {
        this.loads = List.copyOf(loads);
    }

    /** Starts the thread and returns at once. Call it only once. */
    void start() {
        Thread.ofPlatform().daemon().name("model-load-watch").start(this::run);
    }

    private void run() {
        try {
            while (!stopped.await(PAUSE.toNanos(), TimeUnit.NANOSECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        boolean allLookedAt = true;
        for (LoadWatch load : loads) {
            allLookedAt &= hasLookedAt(load);
        }
        if (allLookedAt) {
            notLookedAt.over();
        }
    }

    private boolean hasLookedAt(LoadWatch load) {
        try {
            load.look();
            return true;
        } catch (RuntimeException | Error e) {
            notLookedAt.say(e);
            return false;
        }
    }

    /** Stops the thread. */
    void stop() {
        stopped.countDown();
    }
}
