package io.scopegate.inference.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnxruntime.OrtException;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.inference.InferenceSession;
import io.scopegate.inference.device.DeviceProbe;
import io.scopegate.inference.engine.BuildLog;
import io.scopegate.inference.engine.EngineBuilds;
import io.scopegate.inference.engine.EngineStore;
import io.scopegate.inference.engine.ManualBuildClock;
import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.inference.target.RequestedTarget;
import io.scopegate.inference.target.TargetSettings;
import io.scopegate.inference.target.TargetUnavailableException;
import java.io.BufferedReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstalledOnnxRuntimeTest {

    private static final Path MODEL =
            Path.of(System.getProperty("scopegate.root")).resolve("models/inbody/1");

    @TempDir
    Path directory;

    @Test
    void maxBatchIsReadAgainAfterAFailureAndThenCached() throws Exception {
        assumeTrue(Files.isRegularFile(MODEL.resolve("manifest.json")), "the model is there");
        Network sound = Network.of(PublishedModel.open(MODEL));
        AtomicInteger looks = new AtomicInteger();
        Network hindered = new Network(sound.name(), sound.digest(), sound.profile(), use -> {
            if (looks.incrementAndGet() == 1) {
                throw new OrtException("Failed to allocate memory");
            }
            return sound.source().read(use);
        });
        InstalledOnnxRuntime runtime = new InstalledOnnxRuntime(new OnnxSettings(1, false), new OnnxTargets(0));

        runtime.maxBatch(hindered);
        runtime.maxBatch(hindered);
        assertThat(looks).hasValue(2);

        runtime.maxBatch(hindered);
        assertThat(looks).hasValue(2);
    }

    @Test
    void networkOpenedDuringShutdownIsReportedAsUnavailable() throws Exception {
        assumeTrue(Files.isRegularFile(MODEL.resolve("manifest.json")), "the model is there");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Ending.class.getName(),
                        MODEL.toString(),
                        directory.toString())
                .redirectError(Redirect.INHERIT)
                .start();
        try (BufferedReader lines = process.inputReader()) {
            assertThat(lines.readLine()).isEqualTo("not now: ONNX Runtime: Shutdown in progress");
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** The program of a process that opens its first network while it shuts down. */
    static final class Ending {

        private Ending() {}

        public static void main(String[] arguments) {
            Path model = Path.of(arguments[0]);
            Path engines = Path.of(arguments[1]);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println(opened(model, engines))));
        }

        private static String opened(Path model, Path engines) {
            TargetSettings processors = new TargetSettings(RequestedTarget.CPU, 0, false);
            try (EngineBuilds builds = new EngineBuilds(
                            new EngineStore(engines, Clock.systemUTC(), _ -> {}),
                            new ManualBuildClock().clock(),
                            new BuildLog(_ -> {}, _ -> {}),
                            Duration.ZERO);
                    InferenceSession session = new OnnxSessions(
                                    new OnnxSettings(1, false), processors, DeviceProbe.ofThisMachine(), builds)
                            .open(PublishedModel.open(model), ExecutionTarget.CPU)) {
                return "opened: " + session.maxBatch();
            } catch (TargetUnavailableException e) {
                return "not now: " + e.getMessage();
            } catch (ModelUnusableException e) {
                return "refused: " + e.getMessage();
            }
        }
    }
}
