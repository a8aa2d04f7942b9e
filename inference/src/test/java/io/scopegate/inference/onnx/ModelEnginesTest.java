package io.scopegate.inference.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.scopegate.bundle.model.ModelManifest;
import io.scopegate.bundle.model.ModelManifest.GoldenVectors;
import io.scopegate.bundle.model.ModelManifest.Input;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.bundle.preprocess.InputShape;
import io.scopegate.bundle.preprocess.Preprocessing;
import io.scopegate.inference.device.DeviceProbe;
import io.scopegate.inference.device.GpuDevice;
import io.scopegate.inference.device.NvidiaDriver;
import io.scopegate.inference.engine.EngineStore;
import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.inference.target.TargetUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelEnginesTest {

    @TempDir
    Path cache;

    private final List<String> built = new ArrayList<>();

    @Test
    void anEngineIsBuiltOnceAndThenFound() throws Exception {
        Path first = engines(101501).of(model(1), ExecutionTarget.TENSORRT_FP16, into -> build(into, "first"));
        Path again = engines(101501).of(model(1), ExecutionTarget.TENSORRT_FP16, into -> build(into, "again"));

        assertThat(again).isEqualTo(first);
        assertThat(built).containsExactly("first");
        assertThat(first.resolve("network.engine")).hasContent("first");
    }

    @Test
    void anotherModelPrecisionOrTensorRtHasAnEngineOfItsOwn() throws Exception {
        engines(101501).of(model(1), ExecutionTarget.TENSORRT_FP16, into -> build(into, "first"));
        engines(101501).of(model(2), ExecutionTarget.TENSORRT_FP16, into -> build(into, "model"));
        engines(101501).of(model(1), ExecutionTarget.TENSORRT_FP32, into -> build(into, "precision"));
        engines(101602).of(model(1), ExecutionTarget.TENSORRT_FP16, into -> build(into, "library"));

        assertThat(built).containsExactly("first", "model", "precision", "library");
    }

    @Test
    void anEngineThatWasCutShortIsBuiltAnew() throws Exception {
        Path engine = engines(101501).of(model(1), ExecutionTarget.TENSORRT_FP16, into -> build(into, "first"));
        Files.writeString(engine.resolve("network.engine"), "fir");

        engines(101501).of(model(1), ExecutionTarget.TENSORRT_FP16, into -> build(into, "anew"));

        assertThat(built).containsExactly("first", "anew");
        assertThat(engine.resolve("network.engine")).hasContent("anew");
    }

    @Test
    void aBuildForWhichTheDeviceHasNoMemoryLeavesNothingAndIsTriedAgain() throws Exception {
        assertThatThrownBy(() -> engines(101501).of(model(1), ExecutionTarget.TENSORRT_FP16, into -> {
                    build(into, "half");
                    throw new OrtException("out of memory");
                }))
                .isInstanceOf(OrtException.class);

        engines(101501).of(model(1), ExecutionTarget.TENSORRT_FP16, into -> build(into, "whole"));

        assertThat(built).containsExactly("half", "whole");
    }

    @Test
    void aCacheThatCannotBeWrittenIsNamedWithWhatToDo() throws IOException {
        Path file = Files.createFile(cache.resolve("occupied"));
        ModelEngines engines = new ModelEngines(store(file), probe(101501), 0);

        assertThatThrownBy(() -> engines.of(model(1), ExecutionTarget.TENSORRT_FP16, into -> build(into, "never")))
                .isInstanceOf(TargetUnavailableException.class)
                .hasMessageStartingWith("engine: " + file)
                .hasMessageContaining("scopegate.inference.engine-cache");
        assertThat(built).isEmpty();
    }

    @Test
    void aMachineThatDoesNotSayWhatItIsGetsNoEngine() {
        assertThatThrownBy(
                        () -> engines(100600).of(model(1), ExecutionTarget.TENSORRT_FP16, into -> build(into, "never")))
                .isInstanceOf(TargetUnavailableException.class)
                .hasMessageContaining("not 10.6.0");
        assertThat(built).isEmpty();
    }

    @Test
    void theProviderIsToldWhereTheEngineLiesAndForHowManyFrames() {
        assertThat(new EngineFiles(model(1).manifest(), Path.of("/engines/one"), false).options())
                .containsEntry("trt_engine_cache_path", "/engines/one")
                .containsEntry("trt_profile_min_shapes", "in:1x3x4x2")
                .containsEntry("trt_profile_max_shapes", "in:8x3x4x2")
                .doesNotContainKey("trt_timing_cache_path");
        assertThat(new EngineFiles(model(1).manifest(), Path.of("/engines/one"), true).options())
                .containsEntry("trt_timing_cache_path", "/engines/one");
    }

    private void build(Path into, String content) {
        built.add(content);
        try {
            Files.writeString(into.resolve("network.engine"), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ModelEngines engines(int tensorRt) {
        return new ModelEngines(store(cache), probe(tensorRt), 0);
    }

    private static EngineStore store(Path directory) {
        return new EngineStore(directory, Clock.systemUTC(), line -> {});
    }

    private static DeviceProbe probe(int tensorRt) {
        NvidiaDriver driver = new NvidiaDriver() {
            @Override
            public int cudaVersion() {
                return 13000;
            }

            @Override
            public GpuDevice device(int index) {
                return new GpuDevice("Stub", 9, 0);
            }
        };
        return new DeviceProbe(driver, () -> tensorRt);
    }

    private static PublishedModel model(int version) {
        ModelManifest manifest = new ModelManifest(
                "tiny",
                version,
                "network.onnx",
                List.of(ModelManifest.IN_BODY, ModelManifest.OUT_OF_BODY),
                new Input("in", new InputShape(4, 2), Preprocessing.ID),
                "out",
                0.5,
                8,
                new GoldenVectors(0, List.of()),
                List.of(),
                JsonNodeFactory.instance.objectNode());
        return new PublishedModel(
                Path.of("fake"), manifest, "sha256:" + String.valueOf(version).repeat(64));
    }
}
