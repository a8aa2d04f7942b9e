package io.scopegate.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.inference.InferenceSession;
import io.scopegate.inference.SessionFactory;
import io.scopegate.inference.engine.BackgroundBuilds;
import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.server.frame.ServerClock;
import io.scopegate.server.testing.FakeSessions;
import io.scopegate.server.testing.LogLines;
import io.scopegate.server.testing.LogWithoutMemory;
import io.scopegate.server.testing.Served;
import io.scopegate.server.testing.StubEngines;
import io.scopegate.server.testing.TinyModel;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class WatchThreadTest {

    private static final int LOOKS = 5;

    @TempDir
    Path folder;

    @Test
    void aFileSystemThatTakesNoWatchesIsLookedAtAllTheSame() throws Exception {
        try (FileSystem zip = FileSystems.newFileSystem(folder.resolve("models.zip"), Map.of("create", "true"));
                ModelSlot slot = new ModelSlot(null)) {
            // Registering directories of a zip file with the watch service of another file system throws an unchecked
            // exception.
            Path models = zip.getPath("models");
            Files.createDirectories(models.resolve("tiny"));
            ModelSettings settings = new ModelSettings(
                    models,
                    null,
                    null,
                    Watchers.ROOM,
                    new ReloadSettings(Duration.ofMillis(1), Duration.ofMillis(1), 0, Watchers.LOAD_LIMIT, null, null));
            ModelWatcher watcher = watcher(settings, slot, new FakeSessions());
            try (WatchThread thread = new WatchThread(watcher, settings)) {
                thread.start();

                Set<Instant> looks = new HashSet<>();
                Served.await(() -> {
                    looks.add(watcher.report().lookedAt());
                    return looks.size() >= LOOKS && !watcher.report().problem().isEmpty();
                });
            }
        }
    }

    @Test
    void aFileSystemThatTakesNoWatchesIsLookedAtThoughNothingCanBeSaid() throws Exception {
        Logger logger = Logger.getLogger(WatchThread.class.getName());
        logger.setLevel(Level.ALL);
        try (LogWithoutMemory _ = new LogWithoutMemory(WatchThread.class)) {
            aFileSystemThatTakesNoWatchesIsLookedAtAllTheSame();
        } finally {
            logger.setLevel(null);
        }
    }

    /** The system's limit of notifications may be reached for a while. Scans go on meanwhile. */
    @Test
    @Timeout(60)
    void notificationThatFailsIsTriedAgainAndToldOnce() throws Exception {
        ModelSettings settings = new ModelSettings(
                folder,
                null,
                null,
                Watchers.ROOM,
                new ReloadSettings(Duration.ofMillis(1), Duration.ofMillis(1), 0, Watchers.LOAD_LIMIT, null, null));
        AtomicInteger attempts = new AtomicInteger();
        Set<Instant> looks = ConcurrentHashMap.newKeySet();
        CountDownLatch registered = new CountDownLatch(1);
        try (ModelSlot slot = new ModelSlot(null);
                LogLines log = new LogLines(WatchThread.class)) {
            ModelWatcher watcher = watcher(settings, slot, new FakeSessions());
            WatchThread.Opening opening = (root, name) -> {
                looks.add(watcher.report().lookedAt());
                if (attempts.incrementAndGet() <= LOOKS) {
                    throw new IOException("User limit of inotify instances reached or too many open files");
                }
                return new DirectoryEvents(root, name, (_, _) -> registered.countDown());
            };
            try (WatchThread thread = new WatchThread(watcher, settings, opening)) {
                thread.start();

                registered.await();
            }

            assertThat(looks).as("one scan after each failure").hasSize(LOOKS + 1);
            assertThat(log.containing("file change notification is unavailable"))
                    .hasSize(1);
        }
    }

    /** A look fails, and there is no memory to log that. Another look follows all the same. */
    @Test
    void repositoryIsScannedAgainWhenLoggingAFailureFails() throws Exception {
        try (LogWithoutMemory _ = new LogWithoutMemory(WatchThread.class)) {
            lookUntilOneSucceeds(new FailingAtFirst(1));
        }
    }

    @Test
    void looksThatFailOneAfterTheOtherAreLoggedOnce() throws Exception {
        try (LogLines log = new LogLines(WatchThread.class)) {
            lookUntilOneSucceeds(new FailingAtFirst(LOOKS));

            assertThat(log.containing("failed to scan the model repository")).hasSize(1);
        }
    }

    private void lookUntilOneSucceeds(SessionFactory sessions) throws Exception {
        try (ModelSlot slot = new ModelSlot(null)) {
            ModelSettings settings = new ModelSettings(
                    folder,
                    null,
                    null,
                    Watchers.ROOM,
                    new ReloadSettings(Duration.ofMillis(1), Duration.ofMillis(1), 0, Watchers.LOAD_LIMIT, null, null));
            ModelWatcher watcher = watcher(settings, slot, sessions);
            try (WatchThread thread = new WatchThread(watcher, settings)) {
                thread.start();

                Served.await(() -> !watcher.report().problem().isEmpty());
            }
        }
    }

    /**
     * The load of the first thread ends only after the second thread has been interrupted, so all threads must be told
     * to stop before one is waited for.
     */
    @Test
    @Timeout(60)
    void allWatchThreadsAreInterruptedBeforeOneIsAwaited(@TempDir Path other) throws Exception {
        FakeSessions slow = new FakeSessions();
        slow.hold();
        FakeSessions next = new FakeSessions();
        next.whileOpening(1, () -> {
            awaitInterrupt();
            slow.letGo();
        });
        TinyModel.version(1).publish(folder);
        TinyModel.version(1).publish(other);
        try (ModelSlot one = new ModelSlot(null);
                ModelSlot two = new ModelSlot(null);
                LogLines log = new LogLines(WatchThread.class)) {
            List<WatchThread> threads = List.of(thread(folder, one, slow), thread(other, two, next));
            threads.forEach(WatchThread::start);
            slow.awaitOpening();
            next.awaitOpening();

            WatchThread.close(threads, Duration.ofSeconds(30));

            assertThat(log.containing("still being loaded")).isEmpty();
        }
    }

    private static WatchThread thread(Path models, ModelSlot slot, FakeSessions sessions) {
        ModelSettings settings = new ModelSettings(models, null, null, Watchers.ROOM, Watchers.UNSIGNED);
        return new WatchThread(
                new Watchers.Parts(sessions, new AtomicLong(Long.MAX_VALUE), slot, ServerClock.system())
                        .watch(models, Watchers.UNSIGNED),
                settings);
    }

    private static void awaitInterrupt() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ModelWatcher watcher(ModelSettings settings, ModelSlot slot, SessionFactory sessions) {
        return new ModelWatcher(
                settings,
                slot,
                new LoadTools(
                        sessions, new LoadMemory(() -> 0), new PinFile(null), ServerClock.system(), Runnable::run));
    }

    /** A session factory that makes the first looks fail for lack of memory. */
    private static final class FailingAtFirst implements SessionFactory {

        private final AtomicInteger failures;

        FailingAtFirst(int failures) {
            this.failures = new AtomicInteger(failures);
        }

        @Override
        public InferenceSession open(PublishedModel model, ExecutionTarget target) {
            throw new AssertionError("no model is there");
        }

        @Override
        public BackgroundBuilds engines() {
            return new StubEngines() {
                @Override
                public Pause pause() {
                    if (failures.getAndDecrement() > 0) {
                        throw new OutOfMemoryError("for a test");
                    }
                    return super.pause();
                }
            };
        }
    }
}
