package io.scopegate.cli.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.scopegate.bundle.model.Digests;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.inference.device.DeviceFacts;
import io.scopegate.inference.device.GpuDevice;
import io.scopegate.inference.engine.EngineKey;
import io.scopegate.inference.engine.EngineSpecification;
import io.scopegate.inference.engine.EngineStore;
import io.scopegate.inference.engine.Precision;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Runs {@code engine list} and {@code engine prune} on a cache that holds stand-ins for engines. */
class EngineCommandTest {

    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

    @TempDir
    Path directory;

    private final StringWriter output = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @Test
    void aCacheThatIsNotThereHasNoEngines() {
        assertThat(execute("list", "--cache", directory + "/none")).isZero();
        assertThat(output.toString()).isEmpty();
    }

    @Test
    void eachEngineIsShownSoundOrNot() throws Exception {
        build('a');
        Files.writeString(build('b').resolve("x.engine"), "cut");

        assertThat(execute("list", "--cache", directory.toString())).isZero();

        assertThat(output.toString().lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("aaaaaaaaaaaa-fp16-trt10.15.1.29-sm_90-b8-")
                                .endsWith("  1 MiB  2020-01-01T00:00:00Z  valid"),
                        line -> assertThat(line)
                                .startsWith("bbbbbbbbbbbb-")
                                .contains("  invalid: ")
                                .endsWith("x.engine: 4 bytes, not 3"));
    }

    @Test
    void programsGetAnObjectForEachEngine() throws Exception {
        build('a');

        execute("list", "--cache", directory.toString(), "--json");

        assertThat(output.toString())
                .startsWith("{\"path\":\"" + directory)
                .contains(
                        "\"sound\":true,\"created\":\"2020-01-01T00:00:00Z\",\"tookMillis\":0,\"key\":{\"network\":\"sha256:aaa");
    }

    @Test
    void pruneWithoutOptionsRemovesOnlyInvalidEngines() throws Exception {
        Path sound = build('a');
        Path broken = build('b');
        Files.delete(broken.resolve("engine.json"));

        assertThat(execute("prune", "--cache", directory.toString())).isZero();

        assertThat(output.toString().lines()).singleElement().asString().startsWith("removed          bbbbbbbbbbbb-");
        assertThat(sound).exists();
        assertThat(broken).doesNotExist();
    }

    @Test
    void aDryRunSaysWhatWouldGo() throws Exception {
        Path built = build('a');

        assertThat(execute("prune", "--cache", directory.toString(), "--all", "--dry-run"))
                .isZero();

        assertThat(output.toString()).startsWith("would be removed aaaaaaaaaaaa-");
        assertThat(built).exists();
    }

    @Test
    void pruneRemovesOnlyEnginesThatMatchBothOptions() throws Exception {
        Path kept = build('a');
        Path other = build('b');
        Path young = build(digest('c'), Clock.systemUTC());

        assertThat(execute("prune", "--cache", directory.toString(), "--keep-model", digest('a'), "--older-than", "30"))
                .isZero();

        assertThat(kept).exists();
        assertThat(other).doesNotExist();
        assertThat(young).exists();
    }

    @Test
    void theDigestOfSomethingElseThanANetworkRemovesNothing() throws Exception {
        Path built = build('a');

        assertThat(execute("prune", "--cache", directory.toString(), "--keep-model", digest('c')))
                .isEqualTo(2);

        assertThat(errors.toString())
                .contains("--keep-model: no engine in this cache is of an ONNX file with the digest " + digest('c'));
        assertThat(built).exists();
    }

    @Test
    void theEnginesOfAPublishedModelStay() throws Exception {
        Path model = Path.of("..", "models", "inbody", "1");
        assumeTrue(Files.isRegularFile(model.resolve("manifest.json")), "the model is there");
        Path other = build('a');
        Path kept = build("sha256:" + Digests.sha256(PublishedModel.open(model).network()));

        assertThat(execute("prune", "--cache", directory.toString(), "--keep-model", model.toString()))
                .isZero();

        assertThat(kept).exists();
        assertThat(other).doesNotExist();
    }

    @Test
    void allEnginesGoIfAllAreNamed() throws Exception {
        Path built = build('a');
        Path young = build(digest('b'), Clock.systemUTC());

        assertThat(execute("prune", "--cache", directory.toString(), "--all")).isZero();

        assertThat(built).doesNotExist();
        assertThat(young).doesNotExist();
    }

    @Test
    void wrongArgumentsChangeNothing() throws Exception {
        Path built = build('a');
        String cache = directory.toString();

        assertThat(execute("prune", "--cache", cache, "--all", "--older-than", "1"))
                .isEqualTo(2);
        assertThat(execute("prune", "--cache", cache, "--older-than", "-1")).isEqualTo(2);
        assertThat(execute("prune", "--cache", cache, "--keep-model", "inbody/3"))
                .isEqualTo(2);

        assertThat(errors.toString())
                .contains(
                        "--all cannot be combined with --keep-model or --older-than",
                        "--older-than must be at least 0, got -1",
                        "--keep-model: 'inbody/3' is neither a model directory nor a digest");
        assertThat(built).exists();
    }

    @Test
    void aCacheThatIsNoDirectoryIsNamed() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));

        assertThat(execute("list", "--cache", file.toString())).isEqualTo(1);
        assertThat(errors.toString()).startsWith("scopegate: " + file + ": cannot be read");
    }

    @Test
    void theCacheIsByDefaultTheServers() {
        execute("list", "--help");

        assertThat(output.toString().replaceAll("\\s+", ""))
                .contains("Default:" + Path.of(System.getProperty("user.home"), EngineStore.USUAL_PLACE));
    }

    private int execute(String... arguments) {
        return new CommandLine(new EngineCommand())
                .setOut(new PrintWriter(output, true))
                .setErr(new PrintWriter(errors, true))
                .execute(arguments);
    }

    private Path build(char network) throws IOException {
        return build(digest(network));
    }

    private Path build(String network) throws IOException {
        return build(network, Clock.fixed(LONG_AGO, ZoneOffset.UTC));
    }

    private Path build(String network, Clock clock) throws IOException {
        GpuDevice gpu = new GpuDevice("NVIDIA Stub 9000", 9, 0, 80L << 30);
        DeviceFacts machine = new DeviceFacts("13.0", "580.65.06", gpu, "10.15.1.29");
        EngineKey key =
                new EngineKey(network, new EngineSpecification(Precision.FP16, 8, digest('f')), "1.29.0", machine);
        return new EngineStore(directory, clock, _ -> {})
                .build(key, into -> Files.writeString(into.resolve("x.engine"), "plan"));
    }

    private static String digest(char digit) {
        return "sha256:" + String.valueOf(digit).repeat(64);
    }
}
