package io.scopegate.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.server.infer.NetworkWatchdog;
import io.scopegate.server.testing.FakeSession;
import io.scopegate.server.testing.FakeSessions;
import io.scopegate.server.testing.LogLines;
import io.scopegate.server.testing.ManualClock;
import io.scopegate.server.testing.TinyModel;
import io.scopegate.server.testing.Watchdogs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests loads that hang because a network does not return while it is opened or checked with its golden pictures. */
class LoadWatchTest {

    private static final Duration SHORT = Watchers.LOAD_LIMIT.minusNanos(1);
    private static final String HANGS = "loading tiny/1 has been in progress since 2026-11-23T10:00:00Z";

    @TempDir
    Path repository;

    private final ManualClock clock = new ManualClock();
    private final FakeSessions sessions = new FakeSessions();
    private final NetworkWatchdog watchdog = Watchdogs.of(clock);

    @Test
    void loadCountsAsHungAfterItsLimitUntilItEnds() throws InterruptedException {
        ModelSlot slot = new ModelSlot(null);
        ModelWatcher watcher = watching(slot);
        TinyModel.version(1).publish(repository);
        sessions.hold();
        Thread looking = Thread.ofPlatform().start(() -> look(watcher));
        sessions.awaitOpening();

        clock.advance(SHORT);
        assertThat(watcher.loads().hanging()).isEmpty();
        clock.advance(Duration.ofNanos(1));
        assertThat(watcher.loads().hanging()).isEqualTo(HANGS);
        assertThat(watcher.loads().time()).isEqualTo(Watchers.LOAD_LIMIT);
        sessions.letGo();
        looking.join();

        assertThat(watcher.loads().hanging()).isEmpty();
        assertThat(watcher.loads().time()).isZero();
        slot.close();
    }

    @Test
    void hungLoadFailsLivenessWhenNoModelIsServed() {
        ModelSlot slot = ModelSlots.loading();
        LoadWatch loads = watching(slot).loads();

        try (LoadWatch.Underway _ = loads.begin("tiny/1")) {
            clock.advance(SHORT);
            loads.look();
            assertThat(watchdog.life().alive()).isTrue();
            clock.advance(Duration.ofNanos(1));
            loads.look();
            assertThat(watchdog.life().reason()).isEqualTo("a network that is being loaded does not return");
        }
        loads.look();

        assertThat(watchdog.life().alive()).isTrue();
    }

    @Test
    void hungLoadIsLoggedOnceAndTheServedModelStaysLive() {
        try (ModelSlot slot = ModelSlots.serving(FakeSession.giving(0, 0), ModelSlots.tensors(1));
                LogLines log = new LogLines(LoadWatch.class)) {
            LoadWatch loads = watching(slot).loads();

            try (LoadWatch.Underway _ = loads.begin("tiny/1")) {
                clock.advance(Watchers.LOAD_LIMIT);
                loads.look();
                loads.look();
            }
            loads.look();

            assertThat(watchdog.life().alive()).isTrue();
            assertThat(log.containing(HANGS)).hasSize(1);
            assertThat(log.containing("model fake/1 continues to serve")).hasSize(1);
            assertThat(log.containing("has ended")).hasSize(1);
        }
    }

    @Test
    void aListenerThatFailsHindersNoOtherAndIsToldAgainUntilItHears() {
        LoadWatch loads = new LoadWatch(ModelSlots.loading(), Watchers.LOAD_LIMIT, clock);
        int[] failed = new int[1];
        int[] told = new int[1];
        loads.onChange(() -> {
            if (failed[0]++ < 2) {
                throw new IllegalStateException("for a test");
            }
        });
        loads.onChange(() -> told[0]++);

        try (LoadWatch.Underway _ = loads.begin("tiny/1");
                LogLines log = new LogLines(LoadWatch.class)) {
            clock.advance(Watchers.LOAD_LIMIT);
            loads.look();
            assertThat(told[0]).isOne();
            assertThat(log.containing(HANGS)).hasSize(1);
            loads.look();
            loads.look();
            loads.look();

            assertThat(failed[0]).isEqualTo(3);
            assertThat(log.containing(HANGS)).hasSize(1);
        }
    }

    private ModelWatcher watching(ModelSlot slot) {
        ModelWatcher watcher = new Watchers.Parts(sessions, new AtomicLong(Long.MAX_VALUE), slot, clock)
                .watch(repository, Watchers.UNSIGNED);
        HungLoad.follow(new NamedModel(slot, watcher, watchdog));
        return watcher;
    }

    private static void look(ModelWatcher watcher) {
        try {
            watcher.look();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
