package io.scopegate.cli.soak;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Polls a server's health. Owns a thread until {@link #close()}. */
final class HealthWatch implements AutoCloseable {

    private static final int EVERY_MILLIS = 100;

    private final Health health;
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger unhealthy = new AtomicInteger();
    private final AtomicLong slowestNanos = new AtomicLong();
    private final FutureTask<Void> polling = new FutureTask<>(this::watch, null);
    private final Thread thread = Thread.ofPlatform().name("health-watch").unstarted(polling);

    private HealthWatch(Health health) {
        this.health = health;
    }

    /** Asks a server for its health once. */
    interface Health {
        /** Returns true if the server is healthy now. */
        boolean isUp() throws IOException, InterruptedException;
    }

    static HealthWatch start(Health health) {
        HealthWatch watch = new HealthWatch(health);
        watch.thread.start();
        return watch;
    }

    /**
     * Ends the polling; the figures do not change any more.
     *
     * @throws IOException if it had ended before, so that the figures do not include all of the time
     */
    void finish() throws IOException, InterruptedException {
        close();
        try {
            polling.get();
        } catch (ExecutionException e) {
            throw new IOException("the server's health was not measured to the end: " + e.getCause(), e);
        }
    }

    int asked() {
        return asked.get();
    }

    /** Returns how many times the server was not healthy or did not answer. */
    int unhealthy() {
        return unhealthy.get();
    }

    /** Returns the longest time that an answer took, in milliseconds. */
    double slowestMillis() {
        return slowestNanos.get() / 1e6;
    }

    private void watch() {
        try {
            while (true) {
                ask();
                TimeUnit.MILLISECONDS.sleep(EVERY_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask() throws InterruptedException {
        long start = System.nanoTime();
        if (!healthy()) {
            unhealthy.incrementAndGet();
        }
        asked.incrementAndGet();
        slowestNanos.accumulateAndGet(System.nanoTime() - start, Math::max);
    }

    private boolean healthy() throws InterruptedException {
        try {
            return health.isUp();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }
}
