package io.scopegate.server.model;

import io.scopegate.server.infer.OngoingFault;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The thread that scans the repository when the file system reports a change, and from time to time. */
public final class WatchThread implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(WatchThread.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final ModelWatcher watcher;
    private final ModelSettings settings;
    private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();
    private final OngoingFault notLookedAt =
            OngoingFault.of(WatchThread.class, "failed to scan the model repository, will retry");

    public WatchThread(ModelWatcher watcher, ModelSettings settings) {
        this.watcher = watcher;
        this.settings = settings;
    }

    /** Starts the thread and returns at once. Call it only once. */
    public void start() {
        thread.set(Thread.ofPlatform().daemon().name("model-watcher").start(this::run));
    }

    private void run() {
        try (DirectoryEvents events = new DirectoryEvents(settings.root(), settings.name())) {
            while (true) {
                events.register();
                events.await(look());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException | Error e) {
            // Whatever the fault, and even if logging it fails, keep looking for new versions.
            try {
                LOG.warnf(e, "file change notification is unavailable, scanning for models every %s", interval());
            } finally {
                poll();
            }
        }
    }

    private void poll() {
        try {
            while (true) {
                Thread.sleep(look());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration look() throws InterruptedException {
        try {
            Duration untilNext = watcher.look();
            notLookedAt.over();
            return untilNext;
        } catch (RuntimeException | Error e) {
            notLookedAt.say(e);
            return interval();
        }
    }

    private Duration interval() {
        return settings.reload().pollInterval();
    }

    /**
     * Stops all threads, waiting for all together no longer than for one. A load that cannot be interrupted may go on
     * for a while; the slot closes the model that it yields.
     */
    static void close(List<WatchThread> all) throws InterruptedException {
        close(all, PATIENCE);
    }

    static void close(List<WatchThread> all, Duration patience) throws InterruptedException {
        all.forEach(WatchThread::interrupt);
        long deadline = System.nanoTime() + patience.toNanos();
        for (WatchThread watch : all) {
            watch.join(Duration.ofNanos(deadline - System.nanoTime()));
        }
    }

    private void interrupt() {
        Thread running = thread.get();
        if (running != null) {
            running.interrupt();
        }
    }

    private void join(Duration atMost) throws InterruptedException {
        Thread running = thread.get();
        if (running != null && !running.join(atMost)) {
            LOG.warn("a model is still being loaded");
        }
    }

    @Override
    public void close() throws InterruptedException {
        close(List.of(this));
    }
}
