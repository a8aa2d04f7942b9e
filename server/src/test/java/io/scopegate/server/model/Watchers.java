package io.scopegate.server.model;

import io.scopegate.inference.SessionFactory;
import io.scopegate.server.frame.ServerClock;
import io.scopegate.server.infer.BatchLimits;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Model watchers for tests, which look only when the test says so. */
final class Watchers {

    static final Duration POLL = Duration.ofSeconds(10);
    static final Duration SETTLE = Duration.ofSeconds(1);
    static final Duration LOAD_LIMIT = Duration.ofMinutes(5);

    /** Room for one run at a time, of one frame. */
    static final BatchLimits ROOM = new BatchLimits(1, 1, 1);

    static final int TENSORS = Math.toIntExact(ROOM.tensors(1));

    /** Accepts unsigned models. */
    static final ReloadSettings UNSIGNED = new ReloadSettings(POLL, SETTLE, 3, LOAD_LIMIT, null, null);

    private Watchers() {}

    static ReloadSettings signedFor(PublicKey key) {
        return new ReloadSettings(POLL, SETTLE, 3, LOAD_LIMIT, key, null);
    }

    static ReloadSettings remembering(@Nullable Path stateDirectory) {
        return new ReloadSettings(POLL, SETTLE, 3, LOAD_LIMIT, null, stateDirectory);
    }

    /**
     * The parts of a watcher, except for its repository.
     *
     * @param sessions opens its sessions
     * @param freeBytes the free memory that it is told of
     * @param slot where it puts models
     * @param clock by which it waits
     */
    record Parts(SessionFactory sessions, AtomicLong freeBytes, ModelSlot slot, ServerClock clock) {

        LoadTools tools(ReloadSettings reload) {
            return new LoadTools(
                    sessions,
                    new LoadMemory(freeBytes::get),
                    new PinFile(reload.stateDirectory()),
                    clock,
                    Runnable::run);
        }

        ModelWatcher watch(Path models, ReloadSettings reload) {
            return watch(models, reload, ROOM);
        }

        ModelWatcher watch(Path models, ReloadSettings reload, BatchLimits batchLimits) {
            ModelSettings settings = new ModelSettings(models, null, null, batchLimits, reload);
            return new ModelWatcher(settings, slot, tools(reload));
        }
    }
}
