package io.scopegate.server.model;

import io.scopegate.server.infer.OngoingFault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The thread that scans the repository when the file system reports a change, and from time to time. */
public final class WatchThread implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(WatchThread.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Opens the notification of file changes. */
    interface Opening {
        DirectoryEvents open(Path root, @Nullable String name) throws IOException;
    }

    private final ModelWatcher watcher;
    private final ModelSettings settings;
    private final Opening opening;
    private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();
    private final OngoingFault notLookedAt =
            OngoingFault.of(WatchThread.class, "failed to scan the model repository, will retry");

    /** Used by the thread alone. */
    private boolean unwatched;

    public WatchThread(ModelWatcher watcher, ModelSettings settings) {
        this(watcher, settings, DirectoryEvents::new);
    }

    /** Uses this notification instead of the real one. */
    WatchThread(ModelWatcher watcher, ModelSettings settings, Opening opening) {
        this.watcher = watcher;
        this.settings = settings;
        this.opening = opening;
    }

    /** Starts the thread and returns at once. Call it only once. */
    public void start() {
        thread.set(Thread.ofPlatform().daemon().name("model-watcher").start(this::run));
    }

    private void run() {
        try {
            while (true) {
                watch();
                Thread.sleep(look());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Scans until file changes are no longer reported, which may be at once. */
    private void watch() throws InterruptedException {
        try (DirectoryEvents events = opening.open(settings.root(), settings.name())) {
            while (true) {
                events.register();
                unwatched = false;
                events.await(look());
            }
        } catch (IOException | RuntimeException | Error e) {
            sayUnwatched(e);
        }
    }

    /** Logs the fault, unless it goes on. Whatever it is, and even if logging it fails, the scans go on. */
    private void sayUnwatched(Throwable fault) {
        if (unwatched) {
            return;
        }
        unwatched = true;
        try {
            LOG.warnf(
                    fault,
                    "file change notification is unavailable, scanning for models every %s until it is available",
                    interval());
        } catch (RuntimeException | Error e) {
            // Logging takes memory.
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
