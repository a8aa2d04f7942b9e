package io.scopegate.inference.engine;

import static io.scopegate.inference.engine.SampleEngine.ENGINE;
import static io.scopegate.inference.engine.SampleEngine.PROFILE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.scopegate.bundle.file.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class EngineStoreTest {

    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-25T12:00:00Z"), ZoneOffset.UTC);
    private static final EngineKey KEY = SampleEngine.key();

    @TempDir
    Path temporary;

    private final List<String> reports = new ArrayList<>();
    private Path directory = Path.of("");
    private EngineStore store = new EngineStore(directory, NOON, reports::add);

    @BeforeEach
    void createStoreInAMissingDirectory() {
        directory = temporary.resolve("cache/engines");
        store = new EngineStore(directory, NOON, reports::add);
    }

    @Test
    void unbuiltEngineIsNotFoundAndNoDirectoryIsCreated() {
        assertThat(store.find(KEY)).isEmpty();
        assertThat(directory).doesNotExist();
        assertThat(reports).isEmpty();
    }

    @Test
    void builtEngineIsFoundByAnotherStore() throws Exception {
        Path built = store.build(KEY, SampleEngine::build);

        assertThat(new EngineStore(directory, NOON, reports::add).find(KEY)).contains(built);
        assertThat(built.resolve(ENGINE)).hasContent("plan");
        assertThat(built.resolve("engine.json"))
                .content()
                .contains("2026-11-25T12:00:00Z", "\"tensorRt\" : \"10.15.1.29\"");
        assertThat(reports).isEmpty();
    }

    @Test
    void begunMarkerExistsOnlyUntilTheBuildEndsOrTheProcessStops() throws Exception {
        Path begun = directory.resolve("." + KEY.directoryName() + ".begun");

        store.build(KEY, into -> {
            assertThat(begun).hasContent("1");
            store.stopping();
            assertThat(begun).doesNotExist();
            SampleEngine.build(into);
        });

        assertThatThrownBy(() -> store.build(SampleEngine.others().getFirst(), _ -> {
                    throw new IllegalStateException("no memory");
                }))
                .hasMessage("no memory");
        assertThat(Disk.entries(directory)).noneMatch(file -> file.toString().endsWith(".begun"));
    }

    @Test
    void anEngineThatTakesThePlaceOfAnotherHasNotOpenedYet() throws Exception {
        Path built = store.build(KEY, SampleEngine::build);
        assertThat(store.hasOpened(KEY)).isFalse();
        store.opened(KEY);
        store.opened(KEY);
        assertThat(store.hasOpened(KEY)).isTrue();

        store.remove(KEY);
        assertThat(store.hasOpened(KEY)).isFalse();

        store.build(KEY, SampleEngine::build);
        store.opened(KEY);
        FileTree.delete(built);
        store.build(KEY, SampleEngine::build);
        assertThat(store.hasOpened(KEY)).isFalse();
        assertThat(reports).isEmpty();
    }

    @Test
    void existingEngineIsNotRebuilt() throws Exception {
        Path built = store.build(KEY, SampleEngine::build);

        assertThat(store.build(KEY, _ -> fail("built again"))).isEqualTo(built);
    }

    @Test
    void anEngineServesNoKeyThatDiffersInOneField() throws Exception {
        store.build(KEY, SampleEngine::build);

        assertThat(SampleEngine.others())
                .allSatisfy(other -> assertThat(store.find(other)).isEmpty());
    }

    @Test
    void anEngineInAnotherKeysPlaceIsForeign() throws Exception {
        Path built = store.build(KEY, SampleEngine::build);

        for (EngineKey other : SampleEngine.others()) {
            Path place = Files.createDirectory(directory.resolve(other.directoryName()));
            for (Path file : Disk.entries(built)) {
                Files.copy(file, place.resolve(file.getFileName().toString()));
            }
            assertThat(store.find(other)).isEmpty();
            assertThat(place).doesNotExist();
            assertThat(reports.removeFirst()).contains(place.toString(), "the engine of another key: ");
        }
    }

    @Test
    void aTruncatedEngineIsReportedAndRemoved() throws Exception {
        Path built = store.build(KEY, SampleEngine::build);
        Files.writeString(built.resolve(ENGINE), "pla");

        assertNotTrusted(built, ENGINE + ": 4 bytes, not 3: not used");
    }

    @Test
    void aFlippedByteIsReportedAndRemoved() throws Exception {
        Path built = store.build(KEY, SampleEngine::build);
        Files.writeString(built.resolve(ENGINE), "plaN");

        assertNotTrusted(built, ENGINE + ": SHA-256 ");
    }

    @Test
    void aMissingFileIsReportedAndTheRestRemoved() throws Exception {
        Path built = store.build(KEY, SampleEngine::build);
        Files.delete(built.resolve(PROFILE));

        assertNotTrusted(built, "missing " + PROFILE);
    }

    @Test
    void aFileTooManyIsReportedAndAllRemoved() throws Exception {
        Path built = store.build(KEY, SampleEngine::build);
        Files.createFile(built.resolve("other.engine"));

        assertNotTrusted(built, "other.engine: not one of the files that engine.json names");
    }

    @Test
    void aLinkInPlaceOfAnEngineIsNotFollowed() throws Exception {
        Path built = store.build(KEY, SampleEngine::build);
        Path elsewhere = Files.writeString(temporary.resolve("elsewhere"), "plan");
        Files.delete(built.resolve(ENGINE));
        Files.createSymbolicLink(built.resolve(ENGINE), elsewhere);

        assertNotTrusted(built, ENGINE + ": a plain file, not a directory or a link");
        assertThat(elsewhere).exists();
    }

    @Test
    void aDirectoryWithoutASealIsReportedAndRemoved() throws Exception {
        Path place = Files.createDirectories(directory.resolve(KEY.directoryName()));
        SampleEngine.build(place);

        assertNotTrusted(place, "engine.json: a plain file, not missing");
    }

    @Test
    void aSealThatWasCutOffIsReportedAndAllRemoved() throws Exception {
        Path built = store.build(KEY, SampleEngine::build);
        Path seal = built.resolve("engine.json");
        Files.writeString(seal, Files.readString(seal).substring(0, 100));

        assertNotTrusted(built, "engine.json: invalid: line ");
    }

    @Test
    void aSealOfAnotherFormatIsReportedAndAllRemoved() throws Exception {
        Path built = store.build(KEY, SampleEngine::build);
        Files.writeString(built.resolve("engine.json"), "{\"format\": 3}");

        assertNotTrusted(built, "engine.json: invalid: format: 2, not 3");
    }

    @Test
    void aSealOfNoFilesIsNotTrusted() throws Exception {
        Path built = store.build(KEY, SampleEngine::build);
        Path seal = built.resolve("engine.json");
        String text = Files.readString(seal);
        Files.writeString(seal, text.substring(0, text.indexOf("\"files\"")) + "\"files\": {}}");
        Files.delete(built.resolve(ENGINE));
        Files.delete(built.resolve(PROFILE));

        assertNotTrusted(built, "engine.json: invalid: files: at least one, not none");
    }

    private void assertNotTrusted(Path place, String reason) {
        assertThat(store.find(KEY)).isEmpty();
        assertThat(reports)
                .singleElement()
                .asString()
                .startsWith(place.toString())
                .contains(reason);
        assertThat(place).doesNotExist();
    }

    @Test
    void anUnsoundEngineIsBuiltAnew() throws Exception {
        Path built = store.build(KEY, SampleEngine::build);
        Files.writeString(built.resolve(ENGINE), "pla");

        store.build(KEY, SampleEngine::build);

        assertThat(store.find(KEY)).contains(built);
        assertThat(reports).singleElement().asString().contains("4 bytes, not 3");
    }

    @Test
    void anEngineThatCannotBeReadForAMomentStays() throws Exception {
        Path built = store.build(KEY, SampleEngine::build);
        IOException passing = new IOException(built + ": cannot be read: Too many open files");
        AtomicInteger looks = new AtomicInteger();
        EngineStore hindered = new EngineStore(directory, NOON, reports::add, place -> {
            if (looks.incrementAndGet() == 1) {
                throw passing;
            }
            return EngineSeal.check(place);
        });

        assertThatThrownBy(() -> hindered.build(KEY, _ -> fail("built again"))).isSameAs(passing);

        assertThat(hindered.build(KEY, _ -> fail("built again"))).isEqualTo(built);
        assertThat(looks).hasValue(2);
    }

    @Test
    void unreadableEntryIsReportedAndKept() throws Exception {
        Path place = Files.createDirectories(directory).resolve(KEY.directoryName());
        Files.createSymbolicLink(place, place);

        assertThat(store.find(KEY)).isEmpty();

        assertThat(reports)
                .singleElement()
                .asString()
                .startsWith(place + ": cannot be read: ")
                .endsWith(": not used");
        assertThat(place).isSymbolicLink();
    }

    @Test
    void aFileInPlaceOfAnEngineIsReportedAndRemoved() throws Exception {
        Path place = Files.createDirectories(directory).resolve(KEY.directoryName());
        Files.writeString(place, "plan");

        assertNotTrusted(place, ": a directory, not a file");
    }

    @Test
    void aSealOfBytesThatAreNoTextIsNotTrusted() throws Exception {
        Path built = store.build(KEY, SampleEngine::build);
        // A disk may leave such bytes: zeros, which look like UTF-32, and then values that are no character.
        Files.write(built.resolve("engine.json"), new byte[] {0, 0, 0, ' ', 1, 2, 3, 4});

        assertNotTrusted(built, "engine.json: invalid: ");
    }

    @Test
    void aBuildThatFailsLeavesNothingAndSaysWhy() throws Exception {
        IllegalStateException outOfMemory = new IllegalStateException("out of memory");

        assertThatThrownBy(() -> store.build(KEY, into -> {
                    SampleEngine.build(into);
                    throw outOfMemory;
                }))
                .isSameAs(outOfMemory);

        assertThat(directories()).isEmpty();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aDiskThatIsFullInMidBuildLeavesNothing() throws Exception {
        assertThatThrownBy(() -> store.build(KEY, into -> {
                    SampleEngine.build(into);
                    // On Linux this device always reports a full disk.
                    Files.write(Path.of("/dev/full"), new byte[] {1});
                }))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("No space left on device");

        assertThat(directories()).isEmpty();
    }

    @Test
    void aBuildThatWritesNothingFails() throws Exception {
        assertThatThrownBy(() -> store.build(KEY, _ -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("not written: the build wrote no file");
        assertThat(directories()).isEmpty();
    }

    @Test
    void stagingFoldersOfKilledBuildsAreRemoved() throws Exception {
        Path own = leftover(KEY);
        Path other = leftover(SampleEngine.key('b'));

        store.build(KEY, into -> {
            assertThat(into.resolve("half.engine")).doesNotExist();
            SampleEngine.build(into);
        });

        assertThat(own).doesNotExist();
        assertThat(other).doesNotExist();
    }

    @Test
    void stagingFolderOfARunningBuildIsKept() throws Exception {
        EngineKey other = SampleEngine.key('b');

        store.build(other, into -> {
            store.build(KEY, SampleEngine::build);
            SampleEngine.build(into);
        });

        assertThat(store.find(other)).isPresent();
        assertThat(store.find(KEY)).isPresent();
    }

    private Path leftover(EngineKey key) throws IOException {
        Path staging = directory.resolve("." + key.directoryName() + ".staging");
        Files.createDirectories(staging);
        return Files.writeString(staging.resolve("half.engine"), "pl");
    }

    @Test
    void aFileInPlaceOfTheDirectoryIsNamed() throws Exception {
        Files.createDirectories(directory.resolveSibling(""));
        Files.createFile(directory);

        assertThatThrownBy(() -> store.build(KEY, SampleEngine::build))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        directory + ": cannot be used for engines: " + directory + " exists and is not a directory");
        assertThat(store.find(KEY)).isEmpty();
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsNamed() throws Exception {
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-xr-xr-x"));
        assumeFalse(Files.isWritable(directory), "skipped: root may write everywhere");

        assertThatThrownBy(() -> store.build(KEY, SampleEngine::build))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(directory + ": cannot be locked: ")
                .hasMessageEndingWith(".lock: permission denied");
    }

    private List<Path> directories() throws IOException {
        return Disk.entries(directory).stream().filter(Files::isDirectory).toList();
    }
}
