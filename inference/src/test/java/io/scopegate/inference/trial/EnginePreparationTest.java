package io.scopegate.inference.trial;

import static io.scopegate.inference.target.ExecutionTarget.CUDA;
import static io.scopegate.inference.target.ExecutionTarget.TENSORRT_FP16;
import static io.scopegate.inference.target.ExecutionTarget.TENSORRT_FP32;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.scopegate.bundle.model.ModelManifest;
import io.scopegate.bundle.model.ModelManifest.GoldenVector;
import io.scopegate.bundle.model.ModelManifest.GoldenVectors;
import io.scopegate.bundle.model.ModelManifest.Input;
import io.scopegate.bundle.model.ModelPublisher;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.bundle.preprocess.InputShape;
import io.scopegate.bundle.preprocess.Preprocessing;
import io.scopegate.inference.InferenceSession;
import io.scopegate.inference.InputBatch;
import io.scopegate.inference.device.DeviceProbe;
import io.scopegate.inference.device.GpuDevice;
import io.scopegate.inference.device.NvidiaDriver;
import io.scopegate.inference.device.ProbeFailedException;
import io.scopegate.inference.device.ProbeStep;
import io.scopegate.inference.device.ProbeStep.Name;
import io.scopegate.inference.engine.BuildClock;
import io.scopegate.inference.engine.BuildLog;
import io.scopegate.inference.engine.EngineBuilds;
import io.scopegate.inference.engine.EngineStore;
import io.scopegate.inference.onnx.ModelEngines;
import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.inference.target.ProviderCheck;
import io.scopegate.inference.target.RequestedTarget;
import io.scopegate.inference.target.TargetPlanner;
import io.scopegate.inference.target.TargetSettings;
import io.scopegate.inference.target.TargetUnavailableException;
import io.scopegate.inference.trial.EnginePreparation.Prepared;
import java.awt.image.BufferedImage;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EnginePreparationTest {

    private static final Path NOWHERE = Path.of("");

    @TempDir
    Path temporary;

    private final AnsweringRuntime runtime = new AnsweringRuntime();
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private Path cache = NOWHERE;
    private PublishedModel model = new PublishedModel(NOWHERE, manifest(), "sha256:");
    private boolean driver = true;

    @BeforeEach
    void publish() throws Exception {
        cache = temporary.resolve("engines");
        model = ModelPublisher.publish(temporary.resolve("models"), manifest(), directory -> {
            Files.writeString(directory.resolve("network.onnx"), "a network");
            BufferedImage picture = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
            ImageIO.write(picture, "png", directory.resolve("a.png").toFile());
        });
    }

    @Test
    void theEngineIsBuiltAndHeldAgainstTheGoldenPictures() throws Exception {
        Prepared prepared = prepare();

        assertThat(prepared.engine()).isNotNull().isDirectory().hasParent(cache);
        assertThat(prepared.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.target()).isEqualTo(TENSORRT_FP16);
            assertThat(finding.steps())
                    .extracting(ProbeStep::name)
                    .containsExactly(Name.DRIVER, Name.DEVICE, Name.TENSORRT, Name.PROVIDER, Name.SESSION, Name.GOLDEN);
        });
        assertThat(prepared.reasons()).isEmpty();
        assertThat(lines).anyMatch(line -> line.contains("engine of tiny/1 in fp16"));
    }

    @Test
    void existingEngineIsNotRebuilt() throws Exception {
        Prepared first = prepare();

        assertThat(prepare().engine()).isEqualTo(first.engine());
        assertThat(runtime.built).containsExactly("fp16");
    }

    /** The engine may have been built for another model of the same network, which has other golden pictures. */
    @Test
    void existingEngineIsHeldAgainstTheGoldenPicturesAgain() throws Exception {
        prepare();
        runtime.wrong.add(TENSORRT_FP16);

        Prepared prepared = prepare();

        assertThat(prepared.findings())
                .satisfiesExactly(
                        half -> {
                            assertThat(half.target()).isEqualTo(TENSORRT_FP16);
                            assertThat(half.answersWrongly()).isTrue();
                        },
                        full -> assertThat(full.target()).isEqualTo(TENSORRT_FP32));
        assertThat(runtime.built).as("half precision is not built again").containsExactly("fp16", "fp32");
    }

    @Test
    void halfPrecisionThatAnswersDifferentlyGivesWayToFull() throws Exception {
        runtime.wrong.add(TENSORRT_FP16);

        Prepared prepared = prepare();

        assertThat(prepared.findings().getLast().target()).isEqualTo(TENSORRT_FP32);
        assertThat(prepared.engine()).isNotNull();
        assertThat(prepared.reasons()).startsWith("not on tensorrt-fp16: golden: a.png: probabilities ");
    }

    @Test
    void noEngineIsReturnedIfBothPrecisionsAnswerWrongly() throws Exception {
        runtime.wrong.addAll(List.of(TENSORRT_FP16, TENSORRT_FP32));

        Prepared prepared = prepare();

        assertThat(prepared.engine()).isNull();
        assertThat(prepared.findings()).allMatch(Finding::answersWrongly);
    }

    @Test
    void failedRunIsNotAWrongAnswer() throws Exception {
        runtime.failure = "CUDA failure 2: out of memory";

        Prepared prepared = prepare();

        assertThat(prepared.engine()).isNull();
        assertThat(prepared.reasons()).contains("golden: a.png: CUDA failure 2: out of memory");
        assertThat(prepared.findings()).noneMatch(Finding::answersWrongly);
    }

    @Test
    void withoutADriverNothingIsMadeAndTheReasonSaysWhatToInstall() throws Exception {
        driver = false;

        Prepared prepared = prepare();

        assertThat(prepared.engine()).isNull();
        assertThat(prepared.reasons()).isEqualTo("not on tensorrt-fp16, tensorrt-fp32: no driver. Install one.");
        assertThat(prepared.findings()).noneMatch(Finding::answersWrongly);
        assertThat(cache).doesNotExist();
    }

    @Test
    void aBuildThatFailsIsTheReason() throws Exception {
        runtime.problem = "CUDA failure 2: out of memory";

        Prepared prepared = prepare();

        assertThat(prepared.engine()).isNull();
        assertThat(prepared.reasons()).contains("CUDA failure 2: out of memory");
    }

    @Test
    void aDeviceThatIsLostToTheFirstTargetIsNotAskedForTheNext() throws Exception {
        runtime.problem = "CUDA failure 700: an illegal memory access was encountered";

        Prepared prepared = prepare();

        assertThat(prepared.engine()).isNull();
        assertThat(prepared.findings().getLast().steps())
                .extracting(ProbeStep::name)
                .containsExactly(Name.SESSION);
        assertThat(prepared.reasons()).contains("device: lost until the server is restarted");
    }

    @ParameterizedTest
    @EnumSource(names = {"TENSORRT_FP16", "CUDA"})
    void aModelIsOpenedWithTheEngineThatIsThereOrWithoutOne(ExecutionTarget target) throws Exception {
        prepare();

        try (EnginePreparation preparation = preparation();
                InferenceSession session = preparation.open(model, target)) {
            assertThat(session.run(new InputBatch(FloatBuffer.allocate(24), 1))).hasSize(1);
        }

        assertThat(runtime.built).as("not built again").containsExactly("fp16");
    }

    @Test
    void withoutADriverNoModelIsOpenedAndTheReasonSaysWhatToInstall() {
        driver = false;

        try (EnginePreparation preparation = preparation()) {
            assertThatThrownBy(() -> preparation.open(model, CUDA))
                    .isInstanceOf(TargetUnavailableException.class)
                    .hasMessage("no driver. Install one.");
        }
        assertThat(cache).doesNotExist();
    }

    /** A native library that crashes ends the process, so that only what was passed on before is known. */
    @Test
    void theStepsBeforeALibraryThatCrashesArePassedOn() {
        List<Name> passedOn = new ArrayList<>();
        TargetPlanner accepting = planner(_ -> ProbeStep.passed(Name.PROVIDER, "taken"));
        Trial crashing = new Trial(accepting, EnginePreparationTest::crash, model);

        assertThatThrownBy(() -> crashing.of(TENSORRT_FP16, step -> passedOn.add(step.name())))
                .isInstanceOf(Crash.class);

        assertThat(passedOn).containsExactly(Name.DRIVER, Name.DEVICE, Name.TENSORRT, Name.PROVIDER);
    }

    @Test
    void theStepsOfTheMachineArePassedOnBeforeAProviderThatCrashes() {
        List<Name> passedOn = new ArrayList<>();
        TargetPlanner crashing = planner(_ -> {
            throw new Crash();
        });

        assertThatThrownBy(() -> crashing.steps(TENSORRT_FP16, step -> passedOn.add(step.name())))
                .isInstanceOf(Crash.class);

        assertThat(passedOn).containsExactly(Name.DRIVER, Name.DEVICE, Name.TENSORRT);
    }

    /** Stands in for the end of the process. */
    private static final class Crash extends Error {
        private static final long serialVersionUID = 1;
    }

    private static InferenceSession crash(PublishedModel model, ExecutionTarget target) {
        throw new Crash();
    }

    private Prepared prepare() throws Exception {
        try (EnginePreparation preparation = preparation()) {
            return preparation.prepare(model, List.of(TENSORRT_FP16, TENSORRT_FP32));
        }
    }

    private EnginePreparation preparation() {
        EngineStore store = new EngineStore(cache, Clock.systemUTC(), lines::add);
        EngineBuilds builds =
                new EngineBuilds(store, BuildClock.SYSTEM, new BuildLog(lines::add, lines::add), Duration.ZERO);
        TargetPlanner planner = planner(_ -> ProbeStep.passed(Name.PROVIDER, "taken"));
        return new EnginePreparation(planner, new ModelEngines(builds, runtime, probe(), 0));
    }

    private TargetPlanner planner(ProviderCheck provider) {
        return new TargetPlanner(new TargetSettings(RequestedTarget.TENSORRT, 0, true), probe(), provider);
    }

    private DeviceProbe probe() {
        return new DeviceProbe(gpu(), () -> 101501);
    }

    private NvidiaDriver gpu() {
        return new NvidiaDriver() {
            @Override
            public int cudaVersion() throws ProbeFailedException {
                if (!driver) {
                    throw new ProbeFailedException("no driver. Install one.");
                }
                return 13000;
            }

            @Override
            public GpuDevice device(int index) {
                return new GpuDevice("Stub", 9, 0, 80L << 30);
            }
        };
    }

    private static ModelManifest manifest() {
        return new ModelManifest(
                "tiny",
                1,
                "network.onnx",
                List.of(ModelManifest.IN_BODY, ModelManifest.OUT_OF_BODY),
                new Input("in", new InputShape(4, 2), Preprocessing.ID),
                "out",
                0.5,
                8,
                new GoldenVectors(1e-3, List.of(new GoldenVector("a.png", List.of(0.5, 0.5)))),
                List.of(),
                JsonNodeFactory.instance.objectNode());
    }
}
