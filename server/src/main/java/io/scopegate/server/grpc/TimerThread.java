package io.scopegate.server.grpc;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** The single thread that runs the timers of all calls. */
@Singleton
final class TimerThread implements CallTimer {

    private static final Logger LOG = Logger.getLogger(TimerThread.class);

    private final ScheduledThreadPoolExecutor timer;

    TimerThread() {
        timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("call-timer").factory());
        timer.setRemoveOnCancelPolicy(true);
    }

    @Override
    public Future<?> after(Duration time, Runnable action) {
        return timer.schedule(() -> run(action), time.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static void run(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error e) {
            LOG.error("failed to end a call that timed out", e);
        }
    }

    @PreDestroy
    void close() {
        timer.shutdownNow();
    }
}
