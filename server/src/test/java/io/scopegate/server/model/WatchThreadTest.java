package io.scopegate.server.model;

import io.scopegate.server.frame.ServerClock;
import io.scopegate.server.testing.FakeSessions;
import io.scopegate.server.testing.Served;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchThreadTest {

    private static final int LOOKS = 5;

    @TempDir
    Path folder;

    @Test
    void aFileSystemThatTakesNoWatchesIsLookedAtAllTheSame() throws Exception {
        try (FileSystem zip = FileSystems.newFileSystem(folder.resolve("models.zip"), Map.of("create", "true"));
                ModelSlot slot = new ModelSlot(null)) {
            // Its directories refuse the watches of another file system, by an exception that nobody has to expect.
            Path models = zip.getPath("models");
            Files.createDirectories(models.resolve("tiny"));
            ModelSettings settings = new ModelSettings(
                    models,
                    null,
                    null,
                    Watchers.ROOM,
                    new ReloadSettings(Duration.ofMillis(1), Duration.ofMillis(1), 0, Watchers.LOAD_LIMIT, null, null));
            ModelWatcher watcher = new ModelWatcher(
                    settings,
                    slot,
                    new LoadTools(
                            new FakeSessions(),
                            new LoadRoom(() -> 0),
                            new PinFile(null),
                            ServerClock.system(),
                            Runnable::run));
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
}
