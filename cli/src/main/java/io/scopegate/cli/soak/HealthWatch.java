package io.scopegate.cli.soak;

import io.scopegate.cli.server.ServerPages;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Polls a server's health. Owns a thread until {@link #close()}. */
final class HealthWatch implements AutoCloseable {

    private static final int EVERY_MILLIS = 100;

    private final ServerPages pages;
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger unhealthy = new AtomicInteger();
    private final AtomicLong slowestNanos = new AtomicLong();
    private final Thread thread;

    private HealthWatch(ServerPages pages) {
        this.pages = pages;
        this.thread = Thread.ofPlatform().name("health-watch").unstarted(this::watch);
    }

    static HealthWatch start(ServerPages pages) {
        HealthWatch watch = new HealthWatch(pages);
        watch.thread.start();
        return watch;
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
            return pages.healthy();
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
