package io.scopegate.server.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.scopegate.bundle.model.ManifestSignature;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.server.infer.BatchLimits;
import io.scopegate.server.model.ReloadResult.Outcome;
import io.scopegate.server.model.VersionReport.Status;
import io.scopegate.server.testing.FakeSessions;
import io.scopegate.server.testing.LogLines;
import io.scopegate.server.testing.ManualClock;
import io.scopegate.server.testing.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelWatcherTest {

    private static final long PLENTY = 1L << 40;

    @TempDir
    Path models;

    private static final long TWO_GIB = 1L << 31;

    private final FakeSessions sessions = new FakeSessions();
    private final ModelSlot slot = new ModelSlot(null);
    private final ManualClock clock = new ManualClock();
    private final AtomicLong freeBytes = new AtomicLong(PLENTY);
    private final List<ReloadResult> results = new ArrayList<>();
    private final Watchers.Parts parts = new Watchers.Parts(sessions, freeBytes, slot, clock);
    private ModelWatcher watcher;

    @BeforeEach
    void serveTheFirstVersion() throws InterruptedException {
        TinyModel.version(1).publish(models);
        watch(Watchers.UNSIGNED);
    }

    private void watch(ReloadSettings reload) throws InterruptedException {
        watcher = parts.watch(models, reload);
        watcher.onReload(results::add);
        watcher.look();
    }

    @AfterEach
    void nothingIsLeftOpen() {
        slot.close();
        assertThat(sessions.open()).isZero();
    }

    @Test
    void anErrorWhileLoadingPutsAVersionInQuarantine() throws Exception {
        sessions.throwAtOpening(2, new StackOverflowError("for a test"));
        publishAndLook();

        VersionReport second = watcher.report().versions().getFirst();
        assertThat(second.status()).isEqualTo(Status.QUARANTINED);
        assertThat(second.detail()).isEqualTo("java.lang.StackOverflowError: for a test");
        assertThat(watcher.report().versions().getLast().status()).isEqualTo(Status.SERVED);
    }

    @Test
    void aVersionForWhichMemoryRunsOutIsTriedAgain() throws Exception {
        sessions.throwAtOpening(2, new OutOfMemoryError("for a test"));
        publishAndLook();
        assertThat(watcher.report().versions().getFirst().status()).isEqualTo(Status.WAITING);

        watcher.look();

        assertThat(sessions.opened()).containsExactly("tiny/1", "tiny/2", "tiny/2");
    }

    @Test
    void aVersionThatCannotBeReadIsTriedAgainAsItIs() throws Exception {
        sessions.makeUnreadable(2);
        publishAndLook();
        assertThat(served()).isEqualTo("tiny/1");
        assertThat(status(2)).isEqualTo(Status.WAITING);
        assertThat(report(2).detail()).contains("network.onnx: cannot be read");

        sessions.makeReadable(2);
        watcher.look();

        assertThat(served()).isEqualTo("tiny/2");
    }

    private void publishAndLook() throws InterruptedException {
        TinyModel.version(2).publish(models);
        watcher.look();
        clock.advance(Watchers.SETTLE);
        watcher.look();
    }

    @Test
    void aNewVersionIsServedOnceItHasSettled() throws Exception {
        TinyModel.version(2).publish(models);

        Duration next = watcher.look();

        assertThat(served()).isEqualTo("tiny/1");
        assertThat(status(2)).isEqualTo(Status.WAITING);
        assertThat(next).isEqualTo(Watchers.SETTLE);

        clock.advance(Watchers.SETTLE);
        next = watcher.look();

        assertThat(served()).isEqualTo("tiny/2");
        assertThat(status(1)).isEqualTo(Status.AVAILABLE);
        assertThat(next).isEqualTo(Watchers.POLL);
        assertThat(sessions.open()).isEqualTo(1);
    }

    @Test
    void aHalfCopiedVersionIsNotTouchedUntilItIsWhole() throws Exception {
        Path whole = TinyModel.version(2).publish(models.resolve("elsewhere")).directory();
        Path copy = Files.createDirectories(models.resolve("tiny/2"));
        byte[] manifest = Files.readAllBytes(whole.resolve("manifest.json"));

        Files.write(copy.resolve("manifest.json"), new byte[0]);
        assertWaits("manifest.json: not JSON: it is empty");
        Files.write(copy.resolve("manifest.json"), Arrays.copyOf(manifest, 200));
        assertWaits("manifest.json: not JSON");
        Files.write(copy.resolve("manifest.json"), manifest);
        assertWaits("network.onnx: a file of the manifest, not absent");
        Files.write(copy.resolve("network.onnx"), new byte[7]);
        assertWaits("bytes, not 7");
        Files.copy(whole.resolve("network.onnx"), copy.resolve("network.onnx"), StandardCopyOption.REPLACE_EXISTING);
        assertWaits("spot.png: a file of the manifest, not absent");
        assertThat(sessions.opened()).containsExactly("tiny/1");

        Files.copy(whole.resolve("spot.png"), copy.resolve("spot.png"));
        lookTwice();

        assertThat(served()).isEqualTo("tiny/2");
        assertThat(results).extracting(ReloadResult::outcome).containsOnly(Outcome.SERVED);
    }

    private void assertWaits(String reason) throws InterruptedException {
        lookTwice();
        assertThat(served()).isEqualTo("tiny/1");
        assertThat(status(2)).isEqualTo(Status.WAITING);
        assertThat(report(2).detail()).contains(reason);
    }

    @Test
    void aVersionThatFailsIsNotTriedAgainUntilItsContentChanges() throws Exception {
        sessions.failToOpen(2);
        PublishedModel bad = TinyModel.version(2).publish(models);

        lookTwice();
        lookTwice();

        assertThat(served()).isEqualTo("tiny/1");
        assertThat(status(2)).isEqualTo(Status.QUARANTINED);
        assertThat(report(2).detail()).contains("shape [-1, 2]");
        assertThat(report(2).digest()).isEqualTo(bad.digest());
        assertThat(sessions.opened()).containsExactly("tiny/1", "tiny/2");

        Files.setLastModifiedTime(bad.network(), FileTime.from(Instant.EPOCH));
        lookTwice();

        assertThat(sessions.opened()).containsExactly("tiny/1", "tiny/2", "tiny/2");
    }

    @Test
    void aDamagedVersionIsServedOnceItIsCopiedAnew() throws Exception {
        Path network = TinyModel.version(2).publish(models).network();
        byte[] sound = Files.readAllBytes(network);
        byte[] damaged = sound.clone();
        damaged[damaged.length / 2] ^= 1;
        Files.write(network, damaged);
        lookTwice();
        assertThat(report(2).detail()).contains("network.onnx: SHA-256");

        Files.write(network, sound);
        Files.setLastModifiedTime(network, FileTime.from(Instant.EPOCH));
        lookTwice();

        assertThat(served()).isEqualTo("tiny/2");
    }

    @Test
    void notANumberOnAGoldenPictureLeavesTheOldModelServing() throws Exception {
        sessions.giveNotANumber(2);
        TinyModel.version(2).publish(models);

        lookTwice();

        assertThat(served()).isEqualTo("tiny/1");
        assertThat(report(2).detail()).contains("golden: spot.png", "NaN");
        assertThat(sessions.open()).isEqualTo(1);
    }

    @Test
    void theHighestThatIsSoundIsServed() throws Exception {
        sessions.failToOpen(4);
        TinyModel.version(3).publish(models);
        TinyModel.version(4).publish(models);

        lookTwice();

        assertThat(served()).isEqualTo("tiny/3");
        assertThat(results).extracting(ReloadResult::reference).containsExactly("tiny/1", "tiny/4", "tiny/3");
    }

    @Test
    void removedVersionStaysServed() throws Exception {
        delete(models.resolve("tiny"));

        lookTwice();

        assertThat(served()).isEqualTo("tiny/1");
        assertThat(status(1)).isEqualTo(Status.SERVED);
        assertThat(report(1).detail()).contains("its directory was removed");
        assertThat(watcher.report().problem()).contains("tiny: no such directory");
    }

    @Test
    void aRepositoryThatCannotBeReadChangesNothing() throws Exception {
        delete(models.resolve("tiny"));
        Files.writeString(models.resolve("tiny"), "no directory");

        lookTwice();

        assertThat(served()).isEqualTo("tiny/1");
        assertThat(watcher.report().problem()).contains("no such directory");
    }

    @Test
    void aNumberThatIsNoVersionIsToldOnceAndHindersNoOther() throws Exception {
        TinyModel.version(2).publish(models);
        Files.createDirectory(models.resolve("tiny/12345678901"));
        Files.createDirectory(models.resolve("tiny/007"));
        String problem = models.resolve("tiny")
                + ": versions must be numbers from 1 to 999999999 without leading zeros, not [007, 12345678901]";

        try (LogLines log = new LogLines(WatchReport.class)) {
            lookTwice();
            lookTwice();

            assertThat(log.containing(problem)).hasSize(1);
        }
        assertThat(served()).isEqualTo("tiny/2");
        assertThat(watcher.report().problem()).isEqualTo(problem);
    }

    @Test
    void invalidVersionNumberIsTheReasonWhenNoOtherVersionExists(@TempDir Path other) throws Exception {
        Files.createDirectories(other.resolve("tiny/12345678901"));
        ModelSlot empty = new ModelSlot(null);

        new Watchers.Parts(sessions, freeBytes, empty, clock)
                .watch(other, Watchers.UNSIGNED)
                .look();

        assertThat(empty.state())
                .isInstanceOfSatisfying(
                        ModelState.Absent.class,
                        absent -> assertThat(absent.reason()).endsWith("not [12345678901]"));
    }

    @Test
    void failedVersionIsTheReasonBesideAnInvalidVersionNumber(@TempDir Path other) throws Exception {
        TinyModel.version(1).publish(other);
        Files.createDirectory(other.resolve("tiny/12345678901"));
        Files.delete(other.resolve("tiny/1/spot.png"));
        ModelSlot empty = new ModelSlot(null);

        new Watchers.Parts(sessions, freeBytes, empty, clock)
                .watch(other, Watchers.UNSIGNED)
                .look();

        assertThat(empty.state())
                .isInstanceOfSatisfying(
                        ModelState.Absent.class,
                        absent -> assertThat(absent.reason()).contains("spot.png: a file of the manifest, not absent"));
    }

    @Test
    void aLowerVersionIsNotTakenUp() throws Exception {
        TinyModel.version(3).publish(models);
        lookTwice();
        TinyModel.version(2).publish(models);

        lookTwice();

        assertThat(served()).isEqualTo("tiny/3");
        assertThat(status(2)).isEqualTo(Status.AVAILABLE);
    }

    @Test
    void reasonForNoServedVersionIsLoggedOnceAsFreeMemoryVaries(@TempDir Path other) throws Exception {
        slot.serveNone("for a test");
        TinyModel.version(1).publish(other);
        TinyModel.version(12).publish(other);
        freeBytes.set(10);
        try (LogLines log = new LogLines(WatchReport.class)) {
            ModelWatcher lacking = parts.watch(other, Watchers.UNSIGNED);
            lacking.look();
            freeBytes.set(11);
            lacking.look();
            freeBytes.set(123);
            lacking.look();
            assertThat(log.containing("no version is served")).hasSize(1);

            delete(other.resolve("tiny").resolve("12"));
            lacking.look();

            assertThat(log.containing("no version is served")).hasSize(2);
        }
    }

    @Test
    void aVersionForWhichThereIsNoRoomIsTriedAgain() throws Exception {
        freeBytes.set(10);
        TinyModel.version(2).publish(models);
        lookTwice();
        assertThat(served()).isEqualTo("tiny/1");
        assertThat(status(2)).isEqualTo(Status.WAITING);
        assertThat(report(2).detail()).contains("not enough memory", " 10 bytes available");
        assertThat(sessions.opened()).containsExactly("tiny/1");

        freeBytes.set(PLENTY);
        watcher.look();

        assertThat(served()).isEqualTo("tiny/2");
        assertThat(results)
                .extracting(ReloadResult::outcome)
                .containsExactly(Outcome.SERVED, Outcome.POSTPONED, Outcome.SERVED);
    }

    @Test
    void aVersionThatWaitedAndWasWithdrawnIsSaidToWaitAgainOnceItIsBack() throws Exception {
        freeBytes.set(10);
        try (LogLines log = new LogLines(ModelReload.class)) {
            publishAndLook();
            watcher.look();
            assertThat(log.containing("model tiny/2")).hasSize(1);

            delete(models.resolve("tiny/2"));
            watcher.look();
            publishAndLook();

            assertThat(log.containing("model tiny/2")).hasSize(2);
        }
    }

    @Test
    void aConfigurationThatAsksForTooManyTensorsIsNamedBeforeAnythingIsOpened() throws Exception {
        ModelSlot narrow = new ModelSlot(null);
        ModelWatcher greedy = new Watchers.Parts(sessions, freeBytes, narrow, clock)
                .watch(models, Watchers.UNSIGNED, new BatchLimits(8, 1, 2730));
        List<ReloadResult> refused = new ArrayList<>();
        greedy.onReload(refused::add);
        int opened = sessions.opened().size();

        greedy.look();
        greedy.look();

        assertThat(refused).extracting(ReloadResult::outcome).containsExactly(Outcome.POSTPONED, Outcome.POSTPONED);
        assertThat(refused.getFirst().detail())
                .isEqualTo("scopegate.inference.max-batch: at most 2730 input tensors of 196608 elements, which"
                        + " take 2 GiB, not 2732 for runs of 1 frames");
        assertThat(sessions.opened()).hasSize(opened);
    }

    @Test
    void aModelForWhoseTensorsThereIsNoMemoryIsNotShownItsGoldenPictures() throws Exception {
        assumeThat(Runtime.getRuntime().maxMemory())
                .as("as much is given outside the heap")
                .isLessThan(TWO_GIB);
        FakeSessions without = new FakeSessions();
        ModelWatcher greedy = new Watchers.Parts(without, freeBytes, new ModelSlot(null), clock)
                .watch(models, Watchers.UNSIGNED, new BatchLimits(1, 1, 2727));
        List<ReloadResult> refused = new ArrayList<>();
        greedy.onReload(refused::add);

        greedy.look();

        assertThat(refused.getFirst().detail()).contains("java.lang.OutOfMemoryError");
        assertThat(refused.getFirst().noRoom()).isTrue();
        assertThat(without.runs()).isZero();
        assertThat(without.open()).isZero();
    }

    @Test
    void onlyASignedVersionIsServedWhereAKeyIsSet() throws Exception {
        KeyPair ours = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        KeyPair others = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        watch(Watchers.signedFor(ours.getPublic()));
        assertThat(report(1).detail()).contains("manifest.sig: a signature, not absent");

        ManifestSignature.sign(models.resolve("tiny/1"), others.getPrivate());
        lookTwice();
        assertThat(report(1).detail()).contains("does not match manifest.json and the configured public key");
        assertThat(sessions.opened()).containsExactly("tiny/1");

        ManifestSignature.sign(models.resolve("tiny/1"), ours.getPrivate());
        lookTwice();
        assertThat(status(1)).isEqualTo(Status.SERVED);
        assertThat(sessions.opened()).containsExactly("tiny/1", "tiny/1");
    }

    @Test
    void failingListenerHindersNeitherAVersionNorOtherListeners() throws Exception {
        List<ReloadResult> heard = new ArrayList<>();
        slot.onChange(() -> {
            throw new StackOverflowError("for a test");
        });
        watcher.onReload(_ -> {
            throw new LinkageError("for a test");
        });
        watcher.onReload(heard::add);

        publishAndLook();
        watcher.look();

        assertThat(heard).extracting(ReloadResult::outcome).containsExactly(Outcome.SERVED);
        assertThat(served()).isEqualTo("tiny/2");
        assertThat(status(2)).isEqualTo(Status.SERVED);
        assertThat(sessions.opened()).containsExactly("tiny/1", "tiny/2");
    }

    @Test
    void twoLooksAtOnceLoadAVersionOnce() throws Exception {
        TinyModel.version(2).publish(models);
        watcher.look();
        clock.advance(Watchers.SETTLE);
        sessions.hold();
        Thread one = Thread.ofPlatform().start(this::lookOnce);
        Thread other = Thread.ofPlatform().start(this::lookOnce);

        sessions.letGo();
        one.join();
        other.join();

        assertThat(served()).isEqualTo("tiny/2");
        assertThat(sessions.opened()).containsExactly("tiny/1", "tiny/2");
    }

    @Test
    void aModelThatIsLoadedWhenTheServerStopsIsClosed() throws Exception {
        FakeSessions slow = new FakeSessions();
        slow.hold();
        ModelWatcher late = new Watchers.Parts(slow, freeBytes, slot, clock).watch(models, Watchers.UNSIGNED);
        Thread loading = Thread.ofPlatform().start(() -> look(late));
        slow.awaitOpening();

        slot.close();
        slow.letGo();
        loading.join();

        assertThat(slow.opened()).containsExactly("tiny/1");
        assertThat(slow.open()).isZero();
        assertThat(slot.lease()).isNull();
    }

    @Test
    void framesInFlightKeepTheirModelAndTheLastLeaseClosesIt() throws Exception {
        ModelLease inFlight = Objects.requireNonNull(slot.lease());
        TinyModel.version(2).publish(models);

        lookTwice();

        assertThat(inFlight.identity().version()).isEqualTo(1);
        assertThat(sessions.open()).isEqualTo(2);
        inFlight.close();
        assertThat(sessions.open()).isEqualTo(1);
    }

    private void lookTwice() throws InterruptedException {
        watcher.look();
        clock.advance(Watchers.SETTLE);
        watcher.look();
    }

    private void lookOnce() {
        look(watcher);
    }

    private static void look(ModelWatcher watcher) {
        try {
            watcher.look();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String served() {
        return ((ModelState.Serving) slot.state()).identity().reference();
    }

    private Status status(int version) {
        return report(version).status();
    }

    private VersionReport report(int version) {
        return watcher.report().versions().stream()
                .filter(report -> report.version() == version)
                .findFirst()
                .orElseThrow();
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
