package io.scopegate.inference.onnx;

import static io.scopegate.inference.target.ExecutionTarget.TENSORRT_FP16;
import static io.scopegate.inference.target.ExecutionTarget.TENSORRT_FP32;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtException;
import io.scopegate.bundle.preprocess.InputShape;
import io.scopegate.inference.engine.EngineKey;
import io.scopegate.inference.engine.Precision;
import io.scopegate.inference.target.TargetUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ModelEnginesTest {

    private static final NetworkProfile PROFILE = new NetworkProfile("in", new InputShape(4, 2), 8);
    private static final Network FIRST = TestEngines.network("tiny/1", 1, PROFILE);

    @TempDir
    Path cache;

    private TestEngines engines;

    @BeforeEach
    void open() {
        engines = new TestEngines(cache);
    }

    @AfterEach
    void close() {
        engines.close();
    }

    @Test
    void anEngineIsBuiltAndReadBackOnceAndThenFound() throws Exception {
        Path first = engines.ofTensorRt(101501).buildNow(FIRST, TENSORRT_FP16);

        assertThat(engines.ofTensorRt(101501).buildNow(FIRST, TENSORRT_FP16)).isEqualTo(first);
        assertThat(engines.runtime().done()).containsExactly("build fp16", "read fp16");
        assertThat(first.resolve("network.engine")).hasContent("plan");
    }

    @Test
    void engineIsSharedByModelsOfTheSameNetwork() throws Exception {
        Path first = engines.ofTensorRt(101501).buildNow(FIRST, TENSORRT_FP16);

        Network again = TestEngines.network("exported.onnx", 1, PROFILE);
        assertThat(engines.ofTensorRt(101501).ready(again, TENSORRT_FP16)).isEqualTo(first);
    }

    @Test
    void anotherNetworkProfilePrecisionOrTensorRtHasAnEngineOfItsOwn() throws Exception {
        engines.ofTensorRt(101501).buildNow(FIRST, TENSORRT_FP16);
        engines.ofTensorRt(101501).buildNow(TestEngines.network("tiny/1", 2, PROFILE), TENSORRT_FP16);
        NetworkProfile wider = new NetworkProfile("in", new InputShape(4, 4), 8);
        engines.ofTensorRt(101501).buildNow(TestEngines.network("tiny/1", 1, wider), TENSORRT_FP16);
        engines.ofTensorRt(101501).buildNow(FIRST, TENSORRT_FP32);
        engines.ofTensorRt(101602).buildNow(FIRST, TENSORRT_FP16);

        assertThat(engines.runtime().done())
                .filteredOn(step -> step.startsWith("build"))
                .hasSize(5);
    }

    @Test
    void aNetworkThatTakesOneFrameGetsAProfileOfOneWhateverItsManifestAllows() throws Exception {
        engines.runtime().maxBatch = 1;

        EngineKey key = engines.ofTensorRt(101501).request(FIRST, TENSORRT_FP16).key();

        Network single = TestEngines.network("tiny/1", 1, new NetworkProfile("in", new InputShape(4, 2), 1));
        assertThat(key.specification().maxBatch()).isEqualTo(1);
        assertThat(key)
                .isEqualTo(engines.ofTensorRt(101501)
                        .request(single, TENSORRT_FP16)
                        .key());
    }

    @Test
    void aBuildWithoutAResourceForTheDeviceIsPrecededByAWarningOnce() throws Exception {
        engines.builderResource = false;
        engines.runtime().build =
                () -> assertThat(engines.lines()).last().asString().contains("no builder resource for sm_90");
        engines.ofTensorRt(101501).buildNow(FIRST, TENSORRT_FP16);

        engines.runtime().build = () -> {};
        engines.ofTensorRt(101501).buildNow(FIRST, TENSORRT_FP32);

        assertThat(engines.runtime().done()).contains("build fp16", "build fp32");
        assertThat(engines.lines())
                .filteredOn(line -> line.contains("no builder resource"))
                .hasSize(1);
    }

    @Test
    void anEngineThatWasCutShortIsBuiltAnew() throws Exception {
        Path engine = engines.ofTensorRt(101501).buildNow(FIRST, TENSORRT_FP16);
        Files.writeString(engine.resolve("network.engine"), "pla");

        engines.ofTensorRt(101501).buildNow(FIRST, TENSORRT_FP16);

        assertThat(engine.resolve("network.engine")).hasContent("plan");
        assertThat(engines.lines()).anySatisfy(line -> assertThat(line).contains("4 bytes, not 3: not used"));
    }

    @Test
    void anEngineThatCannotBeReadBackIsNotKept() throws IOException {
        engines.runtime().written = FakeRuntime.BROKEN;

        assertThatThrownBy(() -> engines.ofTensorRt(101501).buildNow(FIRST, TENSORRT_FP16))
                .isInstanceOf(TargetUnavailableException.class)
                .hasMessageStartingWith("engine: ONNX Runtime: ")
                .hasMessageContaining("could not deserialize");

        assertThat(engines.kept()).isEmpty();
    }

    @Test
    void anEngineThatAFullDiskCutToNothingIsNotReadAndTheDiskIsNamed() throws IOException {
        engines.runtime().written = "";

        assertThatThrownBy(() -> engines.ofTensorRt(101501).buildNow(FIRST, TENSORRT_FP16))
                .isInstanceOf(TargetUnavailableException.class)
                .hasMessageContaining("could not be written completely: network.engine is empty")
                .hasMessageContaining("MB free in " + cache)
                .hasMessageContaining("scopegate.inference.engine-cache");

        assertThat(engines.runtime().done()).containsExactly("build fp16");
        assertThat(engines.kept()).isEmpty();
    }

    @Test
    void anEngineWithAndOneWithoutTf32AreTwo() {
        EngineOptions options = new EngineOptions(PROFILE, Precision.FP32);

        assertThat(options.specification("0"))
                .isEqualTo(options.specification("0"))
                .isNotEqualTo(options.specification(""));
    }

    @Test
    void aBuildForWhichTheDeviceHasNoMemoryLeavesNothing() throws IOException {
        engines.runtime().build = () -> {
            throw new OrtException("CUDA failure 2: out of memory");
        };

        assertThatThrownBy(() -> engines.ofTensorRt(101501).buildNow(FIRST, TENSORRT_FP16))
                .isInstanceOf(TargetUnavailableException.class)
                .hasMessage("engine: ONNX Runtime: CUDA failure 2: out of memory; tried again at 2026-11-25T12:01:00Z");

        assertThat(engines.kept()).isEmpty();
    }

    @Test
    void aNetworkThatIsGoneWhenItsTurnComesLeavesNoEngine() throws IOException {
        engines.runtime().unreadable = true;

        assertThatThrownBy(() -> engines.ofTensorRt(101501).buildNow(FIRST, TENSORRT_FP16))
                .isInstanceOf(TargetUnavailableException.class)
                .hasMessageStartingWith("engine: network.onnx: cannot be read");

        assertThat(engines.kept()).isEmpty();
    }

    @Test
    void aCacheThatCannotBeWrittenIsNamedWithWhatToDo() throws IOException {
        Path file = Files.createFile(cache.resolve("occupied"));

        try (TestEngines occupied = new TestEngines(file)) {
            assertThatThrownBy(() -> occupied.ofTensorRt(101501).buildNow(FIRST, TENSORRT_FP16))
                    .isInstanceOf(TargetUnavailableException.class)
                    .hasMessageStartingWith("engine: " + file)
                    .hasMessageContaining("scopegate.inference.engine-cache");
            assertThat(occupied.runtime().done()).isEmpty();
        }
    }

    @Test
    void unsupportedTensorRtVersionGetsNoEngine() {
        assertThatThrownBy(() -> engines.ofTensorRt(100600).ready(FIRST, TENSORRT_FP16))
                .isInstanceOf(TargetUnavailableException.class)
                .hasMessageStartingWith("engine: tensorrt: ")
                .hasMessageContaining("not 10.6.0");
        assertThat(engines.runtime().done()).isEmpty();
        assertThat(engines.builds().status()).as("none is ordered").isEmpty();
    }

    @Test
    void aMachineWhoseDeviceCannotBeIdentifiedGetsNoEngine() {
        engines.identifiable = false;

        assertThatThrownBy(() -> engines.ofTensorRt(101501).ready(FIRST, TENSORRT_FP16))
                .isInstanceOf(TargetUnavailableException.class)
                .hasMessage("engine: a native executable cannot call libraries by name");
        assertThat(engines.runtime().done()).isEmpty();
        assertThat(engines.builds().status()).as("none is ordered").isEmpty();
    }

    @Test
    void providerOptionsContainPrecisionProfileAndCachePath() {
        EngineOptions options = new EngineOptions(PROFILE, Precision.FP16);

        assertThat(new EngineFiles(options, Path.of("/engines/one"), false).options())
                .containsEntry("trt_fp16_enable", "1")
                .containsEntry("trt_engine_cache_path", "/engines/one")
                .containsEntry("trt_profile_min_shapes", "in:1x3x4x2")
                .containsEntry("trt_profile_max_shapes", "in:8x3x4x2")
                .doesNotContainKey("trt_timing_cache_path");
        assertThat(new EngineFiles(options, Path.of("/engines/one"), true).options())
                .containsEntry("trt_timing_cache_path", "/engines/one");
    }
}
