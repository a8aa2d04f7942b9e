package io.scopegate.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.bundle.model.ModelFiles;
import io.scopegate.server.frame.ServerClock;
import io.scopegate.server.model.ReloadResult.Outcome;
import io.scopegate.server.testing.FakeSessions;
import io.scopegate.server.testing.ManualClock;
import io.scopegate.server.testing.TinyModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that exactly the files that were scanned are loaded, and that a result is reported for these files only. */
class ModelReloadTest {

    @TempDir
    Path models;

    private final ManualClock clock = new ManualClock();
    private final FakeSessions sessions = new FakeSessions();
    private final ModelSlot slot = new ModelSlot(null);
    private final Quarantine quarantine = new Quarantine();
    private final AtomicBoolean full = new AtomicBoolean();

    /** Throws an out-of-memory error once if memory is full. */
    private final ServerClock fullOnce = new ServerClock() {
        @Override
        public Instant wallTime() {
            return clock.wallTime();
        }

        @Override
        public long nanoTime() {
            if (full.getAndSet(false)) {
                throw new OutOfMemoryError("for a test");
            }
            return clock.nanoTime();
        }
    };

    private VersionDirectory version;
    private ModelReload reload;

    @BeforeEach
    void publish() {
        version = new VersionDirectory(TinyModel.version(1).publish(models).directory(), "tiny", 1);
        LoadTools tools =
                new Watchers.Parts(sessions, new AtomicLong(Long.MAX_VALUE), slot, clock).tools(Watchers.UNSIGNED);
        ModelSettings settings = new ModelSettings(models, null, null, Watchers.ROOM, Watchers.UNSIGNED);
        reload = new ModelReload(
                new ModelLoader(settings, tools), slot, quarantine, new LoadWatch(slot, Watchers.LOAD_LIMIT, fullOnce));
    }

    @AfterEach
    void nothingIsLeftOpen() {
        slot.close();
        assertThat(sessions.open()).isZero();
    }

    /** The result reports the digest of the version that serves. */
    @Test
    void reloadResultHasTheDigestOfTheServedModel() {
        ReloadResult result = reload.attempt(version, ModelFiles.look(version.path()), false);

        assertThat(slot.state())
                .isInstanceOfSatisfying(
                        ModelState.Serving.class,
                        serving -> assertThat(result.digest())
                                .isEqualTo(serving.identity().digest()));
    }

    /**
     * Files that have changed since they were scanned are not loaded: the reload is postponed until they have been
     * scanned again.
     */
    @Test
    void versionChangedAfterTheScanIsPostponed() {
        ModelFiles before = ModelFiles.look(version.path());
        change("manifest.json");

        ReloadResult result = reload.attempt(version, before, false);

        assertThat(result.outcome()).isEqualTo(Outcome.POSTPONED);
        assertThat(result.detail())
                .contains("files changed while being loaded", "content differs from the version that was scanned");
        assertThat(sessions.opened()).isEmpty();
        ModelFiles after = ModelFiles.look(version.path());
        assertThat(reload.attempt(version, after, false).outcome()).isEqualTo(Outcome.SERVED);
    }

    /** The files change during a load that fails. The load is postponed, and what was scanned is not quarantined. */
    @Test
    void versionChangedWhileLoadingIsNotQuarantined() {
        ModelFiles before = ModelFiles.look(version.path());
        sessions.failToOpen(1);
        sessions.whileOpening(1, () -> change("network.onnx"));

        ReloadResult result = reload.attempt(version, before, false);

        assertThat(result.outcome()).isEqualTo(Outcome.POSTPONED);
        assertThat(result.detail()).contains("files changed while being loaded: network: shape");
        assertThat(quarantine.hasFailed(version, before)).isFalse();
    }

    /**
     * Memory runs out once the network has been verified, when the time of the load is taken: the version does not
     * serve, is reported as postponed, and its network is closed. The next attempt serves it.
     */
    @Test
    void versionIsPostponedRatherThanServedIfMemoryRunsOutBeforeTheSwap() {
        ModelFiles files = ModelFiles.look(version.path());
        sessions.whileOpening(1, () -> full.set(true));

        ReloadResult result = reload.attempt(version, files, false);

        assertThat(result.outcome()).isEqualTo(Outcome.POSTPONED);
        assertThat(result.noRoom()).isTrue();
        assertThat(slot.state()).isNotInstanceOf(ModelState.Serving.class);
        assertThat(sessions.open()).isZero();
        sessions.whileOpening(1, () -> {});
        assertThat(reload.attempt(version, files, false).outcome()).isEqualTo(Outcome.SERVED);
    }

    /** A load that fails while the server stops is postponed, and the version is not quarantined. */
    @Test
    void versionThatFailsDuringShutdownIsNotQuarantined() {
        ModelFiles files = ModelFiles.look(version.path());
        sessions.failToOpen(1);
        sessions.whileOpening(1, slot::close);

        ReloadResult result = reload.attempt(version, files, false);

        assertThat(result.outcome()).isEqualTo(Outcome.POSTPONED);
        assertThat(result.detail()).isEqualTo("the server is stopping");
        assertThat(quarantine.hasFailed(version, files)).isFalse();
    }

    private void change(String file) {
        try {
            Files.writeString(version.path().resolve(file), "\n", StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
