package io.scopegate.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.server.testing.FakeSessions;
import io.scopegate.server.testing.ManualClock;
import io.scopegate.server.testing.TinyModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests what is still open after many reloads, good and failing ones, and that the same count would show a leak. */
class ReloadLeakTest {

    private static final int RELOADS = 20;

    @TempDir
    Path models;

    private final FakeSessions sessions = new FakeSessions();
    private final ModelSlot slot = new ModelSlot(null);
    private final ManualClock clock = new ManualClock();
    private final List<ModelLease> kept = new ArrayList<>();
    private ModelWatcher watcher;

    @BeforeEach
    void watch() {
        watcher = new Watchers.Parts(sessions, new AtomicLong(Long.MAX_VALUE), slot, clock)
                .watch(models, Watchers.UNSIGNED);
    }

    @AfterEach
    void close() {
        kept.forEach(ModelLease::close);
        slot.close();
        assertThat(sessions.open()).isZero();
    }

    @Test
    void afterManyReloadsOneSessionIsOpenAndEveryTensorIsThere() throws Exception {
        for (int version = 1; version <= RELOADS; version++) {
            reload(version);
            try (ModelLease lease = lease()) {
                lease.tensors().acquire().close();
            }
        }

        assertThat(sessions.opened()).hasSize(RELOADS);
        assertThat(sessions.open()).isEqualTo(1);
        try (ModelLease lease = lease()) {
            assertThat(lease.tensors().available()).isEqualTo(Watchers.TENSORS);
        }
    }

    @Test
    void allModelsOfOneShapeShareTheirTensors() throws Exception {
        reload(1);
        try (ModelLease first = lease()) {
            reload(2);
            reload(3);
            try (ModelLease last = lease()) {
                assertThat(last.identity().version()).isEqualTo(3);
                assertThat(last.tensors()).isSameAs(first.tensors());
            }
        }
    }

    @Test
    void aLeaseThatIsNeverClosedIsSeenByTheSameCount() throws Exception {
        for (int version = 1; version <= RELOADS; version++) {
            reload(version);
            kept.add(lease());
        }

        // One session for each version that was served; half of the versions failed.
        assertThat(sessions.open()).isEqualTo(RELOADS / 2);
    }

    /** Reloads this version. Even versions fail: alternately when they are opened and on their golden picture. */
    private void reload(int version) throws InterruptedException {
        if (version % 4 == 0) {
            sessions.failToOpen(version);
        } else if (version % 2 == 0) {
            sessions.giveNotANumber(version);
        }
        TinyModel.version(version).publish(models);
        watcher.look();
        clock.advance(Watchers.SETTLE);
        watcher.look();
    }

    private ModelLease lease() {
        return Objects.requireNonNull(slot.lease());
    }
}
