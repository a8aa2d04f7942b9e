package io.scopegate.server.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scopegate.server.infer.TensorPool;
import io.scopegate.server.model.ControlRefusedException.Kind;
import io.scopegate.server.model.VersionReport.Status;
import io.scopegate.server.testing.FakeSessions;
import io.scopegate.server.testing.ManualClock;
import io.scopegate.server.testing.TinyModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelControlTest {

    private static final long PLENTY = 1L << 40;

    @TempDir
    Path models;

    @TempDir
    Path state;

    private final FakeSessions sessions = new FakeSessions();
    private final ManualClock clock = new ManualClock();
    private final AtomicLong freeBytes = new AtomicLong(PLENTY);
    private ModelSlot slot = new ModelSlot(null);
    private ModelWatcher watcher;
    private ModelControl control;

    @BeforeEach
    void serveTheThirdOfThree() throws InterruptedException {
        for (int version = 1; version <= 3; version++) {
            TinyModel.version(version).publish(models);
        }
        start();
    }

    private void start() throws InterruptedException {
        slot.close();
        slot = new ModelSlot(null);
        watcher = new Watchers.Parts(sessions, freeBytes, slot, clock).watch(models, Watchers.remembering(state));
        control = new ModelControl(watcher);
        watcher.look();
    }

    @AfterEach
    void nothingIsLeftOpen() {
        slot.close();
        assertThat(sessions.open()).isZero();
    }

    @Test
    void aLoadedVersionServesUntilAHigherOneComes() throws Exception {
        control.load("tiny", 1);
        look();
        assertThat(served()).isEqualTo("tiny/1");
        assertThat(report(3).detail()).contains("skipped when tiny/1 was loaded by an administrator");

        TinyModel.version(4).publish(models);
        look();

        assertThat(served()).isEqualTo("tiny/4");
    }

    @Test
    void aVersionThatWasPassedOverStaysSoThoughItsFilesAreWrittenAgain() throws Exception {
        control.load("tiny", 1);

        Files.setLastModifiedTime(models.resolve("tiny/3/network.onnx"), FileTime.from(Instant.EPOCH));
        look();
        look();

        assertThat(served()).isEqualTo("tiny/1");
    }

    /**
     * A rollback waits for another operation, and its caller goes away meanwhile. It is refused as given up, and
     * nothing changes.
     */
    @Test
    void controlCallIsNotExecutedAfterItsCallerGaveUp() throws Exception {
        AtomicBoolean wanted = new AtomicBoolean(true);
        try (ExecutorService hands = Executors.newSingleThreadExecutor()) {
            List<Future<?>> calls = new ArrayList<>();
            watcher.exclusively(() -> true, _ -> {
                calls.add(hands.submit(rollback(control.whileWanted(wanted::get))));
                wanted.set(false);
            });

            assertThatThrownBy(calls.getFirst()::get)
                    .cause()
                    .isInstanceOfSatisfying(
                            ControlRefusedException.class,
                            refusal -> assertThat(refusal.kind()).isEqualTo(Kind.GIVEN_UP));
        }
        assertThat(served()).isEqualTo("tiny/3");
        assertThat(control.report().mode()).isEqualTo(new ServingMode.Following());
    }

    private static Callable<Void> rollback(ModelControl control) {
        return () -> {
            control.rollback();
            return null;
        };
    }

    /** A call whose caller has gone away ends although the operation that it waits for is still in progress. */
    @Test
    void abandonedControlCallEndsDuringARepositoryScan() throws Exception {
        try (ExecutorService hands = Executors.newSingleThreadExecutor()) {
            watcher.exclusively(() -> true, _ -> {
                Future<?> call = hands.submit(rollback(control.whileWanted(() -> false)));

                assertThatThrownBy(() -> call.get(30, TimeUnit.SECONDS))
                        .cause()
                        .isInstanceOfSatisfying(
                                ControlRefusedException.class,
                                refusal -> assertThat(refusal.kind()).isEqualTo(Kind.GIVEN_UP));
            });
        }
    }

    /** A call that names a model that is not there is refused and does not touch the one that is. */
    @Test
    void controlCallForAnotherModelIsRefused() throws Exception {
        ModelControl other = control.of("other");

        assertRefused(Kind.UNKNOWN, "model: tiny, not other", other::rollback);
        assertRefused(Kind.UNKNOWN, "model: tiny, not other", other::unpin);
        assertThat(served()).isEqualTo("tiny/3");

        control.of("tiny").rollback();
        assertThat(served()).isEqualTo("tiny/2");
        assertRefused(Kind.UNKNOWN, "model: tiny, not other", other::unpin);
        assertThat(control.report().mode()).isEqualTo(new ServingMode.Pinned("tiny", 2));
    }

    /** The pinned model is gone. A call that names another model is refused and leaves the pin as it is. */
    @Test
    void unpinForAnotherModelKeepsThePinOfAMissingModel() throws Exception {
        Files.writeString(state.resolve("pinned-model"), "gone/9\n");
        start();

        assertRefused(
                Kind.UNKNOWN, "model: gone, not tiny", () -> control.of("tiny").unpin());

        assertThat(control.report().mode()).isEqualTo(new ServingMode.Pinned("gone", 9));
    }

    @Test
    void aModelKeepsItsNameWhileNoVersionOfItServes() throws Exception {
        control.unload("tiny", 3);

        assertThat(slot.name()).isEqualTo("tiny");
    }

    @Test
    void aVersionInQuarantineIsTriedAgainByHand() throws Exception {
        sessions.failToOpen(4);
        TinyModel.version(4).publish(models);
        look();
        int attempts = sessions.opened().size();

        assertRefused(Kind.NOT_POSSIBLE, "tiny/4: network: shape", () -> control.load("tiny", 4));

        assertThat(sessions.opened()).hasSize(attempts + 1);
        assertThat(served()).isEqualTo("tiny/3");
        assertThat(report(4).status()).isEqualTo(Status.QUARANTINED);
    }

    @Test
    void aPinnedVersionKeepsItsPlaceAlsoAfterARestart() throws Exception {
        control.pin("tiny", 2);
        TinyModel.version(4).publish(models);
        look();
        assertThat(served()).isEqualTo("tiny/2");

        start();
        assertThat(served()).isEqualTo("tiny/2");
        assertThat(control.report().mode()).isEqualTo(new ServingMode.Pinned("tiny", 2));

        control.unpin();
        assertThat(served()).isEqualTo("tiny/4");
        start();
        assertThat(served()).isEqualTo("tiny/4");
    }

    @Test
    void rollbackPinsTheHighestSoundVersionBelow() throws Exception {
        sessions.giveNotANumber(2);

        control.rollback();
        look();

        assertThat(served()).isEqualTo("tiny/1");
        assertThat(control.report().mode()).isEqualTo(new ServingMode.Pinned("tiny", 1));
        assertThat(report(2).status()).isEqualTo(Status.QUARANTINED);
        assertRefused(Kind.NOT_POSSIBLE, "no valid version below tiny/1", control::rollback);
        assertThat(served()).isEqualTo("tiny/1");
    }

    @Test
    void aVersionThatWasOnlyPassedOverIsRolledBackTo() throws Exception {
        control.load("tiny", 1);
        control.pin("tiny", 3);

        control.rollback();

        assertThat(served()).isEqualTo("tiny/2");
    }

    /** Loading tiny/1 passes over tiny/2 and tiny/3. Loading tiny/3 then makes tiny/2 available again. */
    @Test
    void skippedVersionIsAvailableAfterAHigherOneIsLoaded() throws Exception {
        control.load("tiny", 1);

        control.load("tiny", 3);

        assertThat(report(2).status()).isEqualTo(Status.AVAILABLE);
    }

    @Test
    void aRestartForgetsWhichVersionWasLoaded() throws Exception {
        control.load("tiny", 1);

        start();

        assertThat(served()).isEqualTo("tiny/3");
    }

    @Test
    void anUnloadedModelStaysAwayUntilOneIsAskedFor() throws Exception {
        control.unload("tiny", 3);
        TinyModel.version(4).publish(models);
        look();
        assertThat(slot.state()).isEqualTo(new ModelState.Absent("model tiny/3 was unloaded by an administrator"));
        assertRefused(Kind.NOT_POSSIBLE, "no version is served", control::rollback);

        control.load("tiny", 2);

        assertThat(served()).isEqualTo("tiny/2");
    }

    @Test
    void theMemoryForTheFramesOfAnUnloadedModelIsNotKept() throws Exception {
        TensorPool before = tensors();

        control.unload("tiny", 3);
        control.load("tiny", 3);

        assertThat(tensors()).isNotSameAs(before);
    }

    private TensorPool tensors() {
        try (ModelLease lease = Objects.requireNonNull(slot.lease())) {
            return lease.tensors();
        }
    }

    @Test
    void anUnloadedModelIsLoadedByNameThoughAnotherHasComeSince() throws Exception {
        control.unload("tiny", 3);
        publishAnotherModel();

        control.load("tiny", 2);

        assertThat(served()).isEqualTo("tiny/2");
    }

    @Test
    void aModelThatCameInPlaceOfAnUnloadedOneIsLoaded() throws Exception {
        control.unload("tiny", 3);
        Files.move(models.resolve("tiny"), state.resolve("aside"));
        publishAnotherModel();

        control.load("other", 1);

        assertThat(served()).isEqualTo("other/1");
    }

    @Test
    void aPinOutlivesAnUnloadAndHoldsAgainAfterARestart() throws Exception {
        control.pin("tiny", 2);

        control.unload("tiny", 2);
        look();
        assertThat(slot.state()).isInstanceOf(ModelState.Absent.class);
        start();

        assertThat(served()).isEqualTo("tiny/2");
        assertThat(control.report().mode()).isEqualTo(new ServingMode.Pinned("tiny", 2));
    }

    @Test
    void onlyTheServedVersionCanBeUnloaded() throws Exception {
        assertRefused(Kind.UNKNOWN, "tiny/3, not tiny/2", () -> control.unload("tiny", 2));

        assertThat(served()).isEqualTo("tiny/3");
    }

    @Test
    void aVersionThatIsNotThereIsNamed() {
        assertRefused(Kind.UNKNOWN, "one of [tiny/3, tiny/2, tiny/1], not tiny/9", () -> control.pin("tiny", 9));
        assertRefused(Kind.UNKNOWN, "not other/1", () -> control.load("other", 1));
        assertRefused(Kind.UNKNOWN, "not tiny/4294967295", () -> control.load("tiny", -1));
        assertRefused(Kind.UNKNOWN, "not tiny/4294967295", () -> control.unload("tiny", -1));
        assertThat(control.report().mode()).isEqualTo(new ServingMode.Following());
    }

    @Test
    void aVersionForWhichThereIsNoRoomIsRefused() {
        freeBytes.set(0);

        assertRefused(Kind.NO_ROOM, "not enough memory", () -> control.load("tiny", 2));

        assertThat(served()).isEqualTo("tiny/3");
    }

    @Test
    void aServedVersionThatIsAskedForIsNotLoadedAgain() throws Exception {
        int attempts = sessions.opened().size();

        control.pin("tiny", 3);

        assertThat(sessions.opened()).hasSize(attempts);
        assertThat(control.report().mode()).isEqualTo(new ServingMode.Pinned("tiny", 3));
    }

    @Test
    void aPinThatCannotBeReadServesNone() throws Exception {
        Files.writeString(state.resolve("pinned-model"), "tiny");

        start();

        assertThat(reason()).contains("pinned-model: one line NAME/VERSION, not tiny");
    }

    @Test
    void aPinnedVersionThatIsGoneServesNone() throws Exception {
        Files.writeString(state.resolve("pinned-model"), "tiny/9\n");

        start();

        assertThat(reason()).isEqualTo("pinned to tiny/9: no such version");
    }

    @Test
    void aPinThatCannotBeKeptIsSaid() throws Exception {
        Files.createDirectory(state.resolve("pinned-model"));

        assertRefused(Kind.NOT_KEPT, "a restart will undo it", () -> control.pin("tiny", 2));

        assertThat(served()).isEqualTo("tiny/2");
    }

    @Test
    void unpinTakesEffectWhenItCannotBeSaved() throws Exception {
        control.pin("tiny", 1);
        Files.delete(state.resolve("pinned-model"));
        Files.createDirectories(state.resolve("pinned-model/not-empty"));

        assertRefused(Kind.NOT_KEPT, "done, but not saved", control::unpin);

        assertThat(served()).isEqualTo("tiny/3");
    }

    @Test
    void aVersionThatWaitedAndIsTriedByHandIsNotSaidToWait() throws Exception {
        freeBytes.set(0);
        TinyModel.version(4).publish(models);
        look();
        assertThat(report(4).status()).isEqualTo(Status.WAITING);
        freeBytes.set(PLENTY);
        sessions.failToOpen(4);

        assertRefused(Kind.NOT_POSSIBLE, "tiny/4: network: shape", () -> control.load("tiny", 4));

        assertThat(report(4).status()).isEqualTo(Status.QUARANTINED);
        assertThat(report(4).detail()).contains("network: shape");
    }

    @Test
    void aVersionThatWaitedAndWasServedByHandIsNotSaidToWaitOnceItIsUnloaded() throws Exception {
        freeBytes.set(0);
        TinyModel.version(4).publish(models);
        look();
        freeBytes.set(PLENTY);
        control.load("tiny", 4);

        control.unload("tiny", 4);

        assertThat(report(4).status()).isEqualTo(Status.AVAILABLE);
    }

    @Test
    void concurrentControlCallsLeaveOneModelOpen() throws Exception {
        List<Callable<Integer>> hands = new ArrayList<>();
        for (int hand = 0; hand < 8; hand++) {
            int first = hand;
            hands.add(() -> doSomething(first));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(hands.size())) {
            for (Future<Integer> done : threads.invokeAll(hands)) {
                assertThat(done.get()).isEqualTo(12);
            }
        }
        control.pin("tiny", 1);

        assertThat(sessions.open()).isEqualTo(1);
        assertThat(served()).isEqualTo("tiny/1");
    }

    /** Carries out twelve operations. Some may be refused, for instance a rollback if there is no lower version. */
    private int doSomething(int first) throws InterruptedException {
        int done = 0;
        while (done < 12) {
            try {
                doOne(first + done++);
            } catch (ControlRefusedException e) {
                assertThat(e.kind()).isIn(Kind.NOT_POSSIBLE, Kind.UNKNOWN);
            }
        }
        return done;
    }

    private void doOne(int number) throws ControlRefusedException, InterruptedException {
        switch (number % 6) {
            case 0 -> control.pin("tiny", 2);
            case 1 -> control.rollback();
            case 2 -> control.load("tiny", 3);
            case 3 -> control.unload("tiny", 3);
            case 4 -> control.unpin();
            default -> watcher.look();
        }
    }

    private void publishAnotherModel() throws InterruptedException {
        TinyModel like = TinyModel.version(1);
        new TinyModel("other", 1, like.network(), like.goldenInBody()).publish(models);
        look();
    }

    private void look() throws InterruptedException {
        watcher.look();
        clock.advance(Watchers.SETTLE);
        watcher.look();
    }

    private static void assertRefused(Kind kind, String message, ThrowingCallable call) {
        assertThatThrownBy(call)
                .hasMessageContaining(message)
                .isInstanceOfSatisfying(
                        ControlRefusedException.class,
                        refusal -> assertThat(refusal.kind()).isEqualTo(kind));
    }

    private String served() {
        return ((ModelState.Serving) slot.state()).identity().reference();
    }

    private String reason() {
        return ((ModelState.Absent) slot.state()).reason();
    }

    private VersionReport report(int version) {
        return control.report().versions().stream()
                .filter(report -> report.version() == version)
                .findFirst()
                .orElseThrow();
    }
}
