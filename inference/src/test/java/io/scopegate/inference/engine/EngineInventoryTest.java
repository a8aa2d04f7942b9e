package io.scopegate.inference.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import io.scopegate.inference.engine.CachedEngine.Sound;
import io.scopegate.inference.engine.CachedEngine.Unreadable;
import io.scopegate.inference.engine.CachedEngine.Unsound;
import io.scopegate.inference.engine.EngineInventory.Outcome;
import io.scopegate.inference.engine.EngineInventory.Pruned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineInventoryTest {

    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    @TempDir
    Path directory;

    @Test
    void aCacheThatIsNotThereIsEmpty() throws Exception {
        EngineInventory none = new EngineInventory(directory.resolve("none"));

        assertThat(none.list()).isEmpty();
        assertThat(none.prune(_ -> true)).isEmpty();
        assertThat(directory.resolve("none")).doesNotExist();
    }

    @Test
    void aFileInPlaceOfTheCacheIsNamed() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));

        assertThatThrownBy(() -> new EngineInventory(file).list())
                .isInstanceOf(IOException.class)
                .hasMessage(file + ": cannot be read as a cache of engines: not a folder");
    }

    @Test
    void eachEngineIsListedWithItsKeyAndWhetherItIsSound() throws Exception {
        Path sound = build(SampleEngine.key('a'), NOON);
        Path broken = build(SampleEngine.key('b'), NOON);
        Files.writeString(broken.resolve(SampleEngine.ENGINE), "plaN");

        List<CachedEngine> engines = inventory().list();

        assertThat(engines).hasSize(2);
        assertThat(engines.getFirst()).isInstanceOfSatisfying(Sound.class, engine -> {
            assertThat(engine.path()).isEqualTo(sound);
            assertThat(engine.key()).isEqualTo(SampleEngine.key('a'));
            assertThat(engine.built()).isEqualTo(new BuildTime(NOON, Duration.ZERO));
            assertThat(engine.bytes()).isGreaterThan(10);
        });
        assertThat(engines.getLast())
                .isInstanceOfSatisfying(
                        Unsound.class,
                        engine -> assertThat(engine.reason())
                                .startsWith(broken + "/" + SampleEngine.ENGINE + ": SHA-256 "));
        assertThat(broken).as("listing changes nothing").exists();
    }

    @Test
    void pruneRemovesEnginesOfOtherNetworks() throws Exception {
        Path kept = build(SampleEngine.key('a'), NOON);
        Path other = build(SampleEngine.key('b'), NOON);

        List<Pruned> pruned = inventory().prune(UnusedEngines.ofOtherNetworks(Set.of(SampleEngine.digest('a'))));

        assertThat(pruned).extracting(Pruned::outcome).containsExactly(Outcome.REMOVED);
        assertThat(kept).exists();
        assertThat(other).doesNotExist();
    }

    @Test
    void pruneRemovesOldEngines() throws Exception {
        Path old = build(SampleEngine.key('a'), NOON.minus(Duration.ofDays(31)));
        Path young = build(SampleEngine.key('b'), NOON.minus(Duration.ofDays(29)));

        inventory().prune(UnusedEngines.madeBefore(NOON.minus(Duration.ofDays(30))));

        assertThat(old).doesNotExist();
        assertThat(young).exists();
    }

    @Test
    void pruneRemovesEnginesOfAnOlderFormat() throws Exception {
        Path early = Files.createDirectory(
                directory.resolve("aaaaaaaaaaaa-fp16-trt10.15.1-sm_90-b8-e32c62553b2cf5c82e59847e7f8e3abf"));
        Files.writeString(early.resolve(SampleEngine.ENGINE), "plan");
        Files.writeString(early.resolve("engine.json"), "{\"format\": 1}");

        assertThat(inventory().list())
                .singleElement()
                .isInstanceOfSatisfying(
                        Unsound.class, engine -> assertThat(engine.reason()).endsWith("format: 2, not 1"));
        assertThat(inventory().prune(_ -> false)).extracting(Pruned::outcome).containsExactly(Outcome.REMOVED);
        assertThat(early).doesNotExist();
    }

    @Test
    void pruneAlwaysRemovesInvalidEnginesAndStagingFolders() throws Exception {
        Path broken = build(SampleEngine.key('b'), NOON);
        Files.delete(broken.resolve("engine.json"));
        Path leftover = Files.createDirectory(
                directory.resolve("." + SampleEngine.key('c').directoryName() + ".staging"));

        assertThat(inventory().prune(_ -> false)).hasSize(1);

        assertThat(broken).doesNotExist();
        assertThat(leftover).doesNotExist();
    }

    @Test
    void directoriesOfOthersAreLeftAlone() throws Exception {
        Path photos = Files.createDirectory(directory.resolve("photos"));
        Path hidden = Files.createDirectory(directory.resolve(".photos.staging"));

        assertThat(inventory().prune(_ -> true)).isEmpty();

        assertThat(photos).exists();
        assertThat(hidden).exists();
    }

    @Test
    void aDryRunChangesNothing() throws Exception {
        Path built = build(SampleEngine.key('a'), NOON);
        Path broken = build(SampleEngine.key('b'), NOON);
        Files.delete(broken.resolve("engine.json"));

        assertThat(inventory().wouldPrune(_ -> true))
                .extracting(Pruned::outcome)
                .containsExactly(Outcome.WOULD_BE_REMOVED, Outcome.WOULD_BE_REMOVED);

        assertThat(built).exists();
        assertThat(broken).exists();
    }

    @Test
    void anEngineThatIsBeingReplacedIsLeftAlone() throws Exception {
        EngineKey key = SampleEngine.key('a');
        Path built = build(key, NOON);

        try (FolderLock _ = FolderLock.take(directory, key.directoryName(), () -> {})) {
            assertThat(inventory().prune(_ -> true)).extracting(Pruned::outcome).containsExactly(Outcome.IN_USE);
        }

        assertThat(built).exists();
    }

    @Test
    void anEngineThatCannotBeReadIsToldApartAndStays() throws Exception {
        Path built = build(SampleEngine.key('a'), NOON);
        String reason = built + ": cannot be read: engine.json: permission denied";
        EngineInventory denied = new EngineInventory(directory, place -> {
            throw new IOException(place + ": cannot be read: engine.json: permission denied");
        });

        assertThat(denied.list())
                .singleElement()
                .isInstanceOfSatisfying(
                        Unreadable.class, engine -> assertThat(engine.reason()).isEqualTo(reason));
        assertThat(denied.wouldPrune(_ -> false)).extracting(Pruned::outcome).containsExactly(Outcome.NOT_READ);
        assertThat(denied.prune(_ -> true)).extracting(Pruned::outcome).containsExactly(Outcome.NOT_READ);

        assertThat(built).exists();
        assertThat(inventory().list()).singleElement().isInstanceOf(Sound.class);
    }

    @Test
    void anEngineThatMayNotBeReadAnyMoreOnceItsLockIsTakenStays() throws Exception {
        Path broken = build(SampleEngine.key('a'), NOON);
        Files.writeString(broken.resolve(SampleEngine.ENGINE), "plaN");
        AtomicBoolean first = new AtomicBoolean(true);
        EngineInventory later = new EngineInventory(directory, place -> {
            if (first.getAndSet(false)) {
                return EngineSeal.check(place);
            }
            throw new IOException(place + ": cannot be read");
        });

        assertThat(later.prune(_ -> true)).extracting(Pruned::outcome).containsExactly(Outcome.NOT_READ);

        assertThat(broken).exists();
    }

    @Test
    void aLockThatAnAdministratorMakesIsOfTheFoldersOwner() throws Exception {
        UserPrincipal other = someoneElse();
        build(SampleEngine.key('a'), NOON);
        Path lock = directory.resolve("." + SampleEngine.key('a').directoryName() + ".lock");
        Files.delete(lock);
        Files.setOwner(directory, other);

        inventory().prune(_ -> true);

        assertThat(Files.getOwner(lock)).isEqualTo(other);
    }

    /**
     * Returns another owner for files. Skips the test unless it runs as an administrator, who alone may give files
     * away.
     */
    private UserPrincipal someoneElse() throws IOException {
        Path probe = Files.createDirectory(directory.resolve("probe"));
        try {
            UserPrincipal other =
                    directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
            Files.setOwner(probe, other);
            return other;
        } catch (IOException | UnsupportedOperationException e) {
            return abort("nobody but an administrator may give a file to somebody else");
        } finally {
            Files.delete(probe);
        }
    }

    private EngineInventory inventory() {
        return new EngineInventory(directory);
    }

    private Path build(EngineKey key, Instant time) throws IOException {
        return new EngineStore(directory, Clock.fixed(time, ZoneOffset.UTC), _ -> {}).build(key, SampleEngine::build);
    }
}
