package io.scopegate.client;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** The client's one timer thread. */
final class TimerThread implements Scheduler {
    private final ScheduledThreadPoolExecutor executor;

    TimerThread(ThreadFactory threads) {
        this.executor = new ScheduledThreadPoolExecutor(1, threads);
        this.executor.setRemoveOnCancelPolicy(true);
    }

    @Override
    public Schedule every(Duration period, Runnable task) {
        long nanos = period.toNanos();
        ScheduledFuture<?> future = executor.scheduleAtFixedRate(task, nanos, nanos, TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
