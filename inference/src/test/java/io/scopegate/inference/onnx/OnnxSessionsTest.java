package io.scopegate.inference.onnx;

import static io.scopegate.inference.target.ExecutionTarget.CPU;
import static io.scopegate.inference.target.ExecutionTarget.CUDA;
import static io.scopegate.inference.target.ExecutionTarget.TENSORRT_FP16;
import static io.scopegate.inference.target.ExecutionTarget.TENSORRT_FP32;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.scopegate.bundle.model.Digests;
import io.scopegate.bundle.model.ModelManifest;
import io.scopegate.bundle.model.ModelManifest.FileDigest;
import io.scopegate.bundle.model.ModelManifest.GoldenVectors;
import io.scopegate.bundle.model.ModelManifest.Input;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.bundle.preprocess.InputShape;
import io.scopegate.bundle.preprocess.Preprocessing;
import io.scopegate.inference.InferenceSession;
import io.scopegate.inference.SessionFactory;
import io.scopegate.inference.engine.EnginePendingException;
import io.scopegate.inference.target.MemoryUnavailableException;
import io.scopegate.inference.target.SkippedTarget;
import io.scopegate.inference.target.TargetPlan;
import io.scopegate.inference.target.TargetUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests the whole way to a TensorRT session: an engine is built, read back and opened. Only ONNX Runtime and the GPU
 * are fakes.
 */
@Timeout(60)
class OnnxSessionsTest {

    @TempDir
    Path directory;

    private TestEngines engines;
    private PublishedModel model;

    @BeforeEach
    void publish() throws IOException {
        engines = new TestEngines(Files.createDirectory(directory.resolve("cache")));
        model = publish("tiny", new byte[] {3});
    }

    private PublishedModel publish(String name, byte[] onnx) throws IOException {
        Path folder = Files.createDirectory(directory.resolve(name));
        Files.write(folder.resolve("network.onnx"), onnx);
        ModelManifest manifest = new ModelManifest(
                name,
                1,
                "network.onnx",
                List.of(ModelManifest.IN_BODY, ModelManifest.OUT_OF_BODY),
                new Input("in", new InputShape(4, 2), Preprocessing.ID),
                "out",
                0.5,
                8,
                new GoldenVectors(0, List.of()),
                List.of(new FileDigest("network.onnx", onnx.length, Digests.sha256(onnx))),
                JsonNodeFactory.instance.objectNode());
        return new PublishedModel(folder, manifest, "sha256:0");
    }

    @AfterEach
    void assertNoSessionIsOpen() {
        engines.close();
        assertThat(engines.runtime().open()).isZero();
    }

    @Test
    void theEngineIsBuiltBesideReadBackAndThenOpened() throws Exception {
        assertThatThrownBy(() -> engines.sessions().open(model, TENSORRT_FP16))
                .isInstanceOf(EnginePendingException.class);

        engines.sessions().waiting().open(model, TENSORRT_FP16).close();

        assertThat(engines.runtime().done()).containsExactly("build fp16", "read fp16", "open tensorrt-fp16");
        engines.sessions().open(model, TENSORRT_FP16).close();
        assertThat(engines.runtime().done()).hasSize(4).last().isEqualTo("open tensorrt-fp16");
    }

    /** A session that is not closed shows in the count by which the other tests find leaks. */
    @Test
    void sessionCountDetectsALeakedSession() throws Exception {
        InferenceSession leaked = engines.sessions().waiting().open(model, TENSORRT_FP16);

        assertThat(engines.runtime().open()).isOne();
        leaked.close();
    }

    @Test
    void anEngineThatTheTrainersExportMadeIsFound() throws Exception {
        Network exported = TestEngines.network("exported", 3, NetworkProfile.of(model.manifest()));
        engines.ofTensorRt(101501).buildNow(exported, TENSORRT_FP16);

        engines.sessions().open(model, TENSORRT_FP16).close();

        assertThat(engines.runtime().done()).containsExactly("build fp16", "read fp16", "open tensorrt-fp16");
    }

    @Test
    void anEngineOfAnotherTensorRtIsNotOpened() throws Exception {
        Network network = Network.of(model);
        engines.ofTensorRt(101602).buildNow(network, TENSORRT_FP16);

        assertThatThrownBy(() -> engines.sessions().open(model, TENSORRT_FP16))
                .isInstanceOf(EnginePendingException.class);
        assertThat(engines.runtime().done()).doesNotContain("open tensorrt-fp16");
    }

    @Test
    void aTruncatedEngineIsNeverOpened() throws Exception {
        Path engine = engines.ofTensorRt(101501).buildNow(Network.of(model), TENSORRT_FP16);
        Files.writeString(engine.resolve("network.engine"), "pla");

        assertThatThrownBy(() -> engines.sessions().open(model, TENSORRT_FP16))
                .isInstanceOf(EnginePendingException.class);
        assertThat(engines.runtime().done()).doesNotContain("open tensorrt-fp16");
    }

    @Test
    void aWholeEngineThatTensorRtDoesNotReadIsBuiltAnewOnce() throws Exception {
        keepBrokenEngine();

        assertThatThrownBy(() -> engines.sessions().open(model, TENSORRT_FP16))
                .isInstanceOf(EnginePendingException.class);
        engines.sessions().waiting().open(model, TENSORRT_FP16).close();

        assertThat(engines.runtime().done())
                .containsExactly("open tensorrt-fp16", "build fp16", "read fp16", "open tensorrt-fp16");
    }

    /** The engine in the cache is broken. A caller that waits for builds gets the one that is built in its place. */
    @Test
    void waitingCallerGetsTheRebuiltEngine() throws Exception {
        keepBrokenEngine();

        engines.sessions().waiting().open(model, TENSORRT_FP16).close();

        assertThat(engines.runtime().done()).last().isEqualTo("open tensorrt-fp16");
    }

    /**
     * An engine that cannot be opened is built anew once. If the new one cannot be opened either, it stays, and opening
     * it is tried again after a minute, then after two.
     */
    @Test
    void rebuiltEngineThatDoesNotOpenIsRetriedWithDelay() throws Exception {
        SessionFactory waiting = engines.sessions().waiting();
        engines.runtime().opening = () -> {
            throw new OrtException("could not deserialize engine");
        };

        assertThatThrownBy(() -> waiting.open(model, TENSORRT_FP16))
                .isInstanceOf(TargetUnavailableException.class)
                .hasMessageContaining("could not deserialize engine; tried again at 2026-11-25T12:01:00Z");
        assertThat(engines.runtime().done())
                .containsExactly(
                        "build fp16",
                        "read fp16",
                        "open tensorrt-fp16",
                        "build fp16",
                        "read fp16",
                        "open tensorrt-fp16");
        assertThatThrownBy(() -> waiting.open(model, TENSORRT_FP16)).hasMessageContaining("tried again at");
        assertThat(engines.runtime().done()).hasSize(6);

        engines.clock().advance(Duration.ofMinutes(1));
        assertThatThrownBy(() -> waiting.open(model, TENSORRT_FP16)).hasMessageContaining("2026-11-25T12:03:00Z");
        assertThat(engines.runtime().done()).hasSize(7).last().isEqualTo("open tensorrt-fp16");
    }

    @Test
    void aDeviceWithoutMemoryDoesNotCostAnEngine() throws Exception {
        Path engine = engines.ofTensorRt(101501).buildNow(Network.of(model), TENSORRT_FP16);
        engines.runtime().opening = () -> {
            throw new OrtException("CUDA failure 2: out of memory");
        };

        assertThatThrownBy(() -> engines.sessions().open(model, TENSORRT_FP16))
                .isInstanceOf(TargetUnavailableException.class)
                .isNotInstanceOf(EnginePendingException.class);

        assertThat(engine).exists();
    }

    @Test
    void anErrorOfTheDeviceInMidBuildFailsItAndLeavesNothing() throws Exception {
        engines.runtime().build = () -> {
            throw new OrtException("CUDA failure 700: an illegal memory access was encountered");
        };

        assertThatThrownBy(() -> engines.sessions().waiting().open(model, TENSORRT_FP16))
                .isInstanceOf(TargetUnavailableException.class)
                .hasMessageContaining("CUDA failure 700");

        assertThat(engines.kept()).isEmpty();
        assertThat(engines.runtime().done()).doesNotContain("open tensorrt-fp16");
    }

    @Test
    void aDeviceThatIsLostInMidBuildIsTriedNoMoreByThisProcess() throws Exception {
        OnnxSessions sessions = engines.sessions();
        engines.runtime().build = () -> {
            throw new OrtException("CUDA failure 700: an illegal memory access was encountered");
        };

        assertThatThrownBy(() -> sessions.waiting().open(model, TENSORRT_FP16))
                .isInstanceOf(TargetUnavailableException.class);

        assertThat(sessions.plan().targets()).containsExactly(CPU);
        assertThat(sessions.lostDevice())
                .hasValueSatisfying(reason -> assertThat(reason).contains("engine: ONNX Runtime: CUDA failure 700"));
    }

    @Test
    void aDriverWhoseDeviceIsLostIsNotAskedAgain() throws Exception {
        OnnxSessions sessions = engines.sessions();
        engines.runtime().opening = () -> {
            throw new OrtException("CUDA failure 719: unspecified launch failure");
        };
        assertThatThrownBy(() -> sessions.open(model, CUDA)).isInstanceOf(TargetUnavailableException.class);
        int before = engines.asked();

        TargetPlan plan = sessions.plan();

        assertThat(plan.targets()).containsExactly(CPU);
        assertThat(plan.passedOver())
                .extracting(SkippedTarget::target)
                .containsExactly(TENSORRT_FP16, TENSORRT_FP32, CUDA);
        assertThatThrownBy(() -> sessions.open(model, TENSORRT_FP16)).hasMessageContaining("device: lost");
        assertThat(engines.asked()).isEqualTo(before);
    }

    @Test
    void anEngineThatWaitsForItsTurnIsNotBuiltOnADeviceThatIsLostMeanwhile() throws Exception {
        OnnxSessions sessions = engines.sessions();
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(2);
        engines.builds().onEnd(_ -> ended.countDown());
        engines.runtime().build = () -> {
            awaitUninterrupted(goOn);
            throw new OrtException("CUDA failure 700: an illegal memory access was encountered");
        };
        PublishedModel other = publish("other", new byte[] {4});
        assertThatThrownBy(() -> sessions.open(model, TENSORRT_FP16)).isInstanceOf(EnginePendingException.class);
        assertThatThrownBy(() -> sessions.open(other, TENSORRT_FP16)).isInstanceOf(EnginePendingException.class);

        goOn.countDown();
        ended.await();

        assertThat(engines.runtime().done()).containsExactly("build fp16");
    }

    @Test
    void anEngineThatIsThereIsNotOpenedWhileAnotherIsBuilt() throws Exception {
        engines.keep(Network.of(model), TENSORRT_FP32, "plan");
        CountDownLatch building = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        engines.runtime().build = () -> {
            building.countDown();
            awaitUninterrupted(goOn);
        };
        assertThatThrownBy(() -> engines.sessions().open(model, TENSORRT_FP16))
                .isInstanceOf(EnginePendingException.class);
        building.await();

        try {
            assertThatThrownBy(() -> engines.sessions().open(model, TENSORRT_FP32))
                    .isInstanceOf(EnginePendingException.class)
                    .hasMessage("engine being built since 2026-11-25T12:00:00Z");
            engines.sessions().open(model, CPU).close();
        } finally {
            goOn.countDown();
        }

        engines.sessions().waiting().open(model, TENSORRT_FP32).close();
    }

    private static void awaitUninterrupted(CountDownLatch latch) throws OrtException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new OrtException("interrupted");
        }
    }

    @Test
    void theProcessorsNeedNoEngine() throws Exception {
        engines.sessions().open(model, CPU).close();

        assertThat(engines.runtime().done()).containsExactly("open cpu");
    }

    @Test
    void cpuOutOfMemoryIsReportedAsUnavailableMemory() {
        for (String message : List.of(
                "std::bad_alloc",
                "Failed to allocate memory for requested buffer of size 12",
                "mmap of 4096 bytes: Cannot allocate memory",
                "env.cc:173 PosixThread pthread_create failed, error code: 11 error msg: Ressource nicht verfügbar",
                "thread: Resource temporarily unavailable")) {
            engines.runtime().opening = () -> {
                throw new OrtException(message);
            };

            assertThatThrownBy(() -> engines.sessions().open(model, CPU))
                    .isInstanceOf(MemoryUnavailableException.class)
                    .hasMessage("session: ONNX Runtime: " + message);
        }
    }

    @Test
    void unloadableNativeLibraryIsReportedAsUnavailableTarget() {
        for (Error fault : List.of(
                new UnsatisfiedLinkError("libonnxruntime.so: version `GLIBC_2.38' not found"),
                new ExceptionInInitializerError(new RuntimeException(
                        "Failed to load onnx-runtime library", new IOException("/tmp: Read-only file system"))),
                new NoClassDefFoundError("Could not initialize class ai.onnxruntime.OrtEnvironment"))) {
            engines.runtime().loading = () -> {
                throw fault;
            };

            assertThatThrownBy(() -> engines.sessions().open(model, CPU))
                    .isInstanceOf(TargetUnavailableException.class)
                    .hasMessageContaining("the native library of ONNX Runtime cannot be loaded on this machine")
                    .hasMessageContaining(OnnxError.root(fault));
            assertThatThrownBy(() -> engines.sessions().plan()).isInstanceOf(TargetUnavailableException.class);
        }
        assertThat(engines.runtime().done()).isEmpty();
    }

    private void keepBrokenEngine() throws TargetUnavailableException, ModelUnusableException, IOException {
        engines.keep(Network.of(model), TENSORRT_FP16, FakeRuntime.BROKEN);
    }
}
