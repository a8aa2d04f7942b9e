package io.scopegate.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.bundle.preprocess.InputShape;
import io.scopegate.inference.InferenceFailedException;
import io.scopegate.inference.InferenceSession;
import io.scopegate.inference.InputBatch;
import io.scopegate.inference.SessionFactory;
import io.scopegate.inference.device.DeviceProbe;
import io.scopegate.inference.engine.BuildClock;
import io.scopegate.inference.engine.BuildLog;
import io.scopegate.inference.engine.EngineBuilds;
import io.scopegate.inference.engine.EngineStore;
import io.scopegate.inference.onnx.OnnxSessions;
import io.scopegate.inference.onnx.OnnxSettings;
import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.inference.target.RequestedTarget;
import io.scopegate.inference.target.TargetSettings;
import io.scopegate.server.testing.TinyModel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** Ends the runs of a real network that would never return, as a server does before its process exits. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class EndedRunsTest {

    private static final int STATUS = 7;
    private static final Duration LONG = Duration.ofSeconds(50);

    @TempDir
    private Path directory;

    @Test
    void runsThatDoNotReturnAreEndedAndNoneBeginsAfterThem() throws Exception {
        PublishedModel model = TinyModel.endlessWithoutSpot().publish(directory);
        SessionFactory sessions = sessions(directory);
        try (InferenceSession session = sessions.open(model, ExecutionTarget.CPU);
                InferenceSession other = sessions.open(model, ExecutionTarget.CPU)) {
            List<Hung> all = List.of(new Hung(session), new Hung(session), new Hung(other));

            assertThat(sessions.endRuns(LONG)).isTrue();

            for (Hung run : all) {
                assertThat(run.end())
                        .isInstanceOfSatisfying(
                                InferenceFailedException.class,
                                ended -> assertThat(ended.processEnding()).isTrue());
            }
            assertThatThrownBy(() -> session.run(picture(9)))
                    .isInstanceOf(InferenceFailedException.class)
                    .hasMessage("the process is ending");
            assertThatThrownBy(() -> sessions.open(model, ExecutionTarget.CPU))
                    .hasMessageContaining("the process is ending");
        }
    }

    @Test
    void endRunsSucceedsAtOnceWhenAllRunsHaveReturned() throws Exception {
        PublishedModel model = TinyModel.endlessWithoutSpot().publish(directory);
        SessionFactory sessions = sessions(directory);
        try (InferenceSession session = sessions.open(model, ExecutionTarget.CPU)) {
            assertThat(session.run(picture(9))).hasSize(1);

            assertThat(sessions.endRuns(Duration.ZERO)).isTrue();
        }
    }

    @Test
    void aProcessWhoseRunsWereEndedDoesNotCrashAsItExits() throws Exception {
        TinyModel.endlessWithoutSpot().publish(directory);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:-CreateCoredumpOnCrash",
                        "-XX:+SuppressFatalErrorMessage",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HungProcess.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(process.waitFor()).as(output).isEqualTo(STATUS);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** The main class of a process that ends a run that would never return, and then exits. */
    static final class HungProcess {

        private HungProcess() {}

        public static void main(String[] arguments) throws Exception {
            Path directory = Path.of(arguments[0]);
            SessionFactory sessions = sessions(directory);
            InferenceSession session = sessions.open(
                    PublishedModel.open(directory.resolve("endless").resolve("1")), ExecutionTarget.CPU);
            Hung run = new Hung(session);
            if (!sessions.endRuns(LONG)) {
                Runtime.getRuntime().halt(1);
            }
            run.end();
            System.exit(STATUS);
        }
    }

    /** A run that does not return by itself. The constructor returns once it is in native code, or has failed. */
    private static final class Hung {

        private final CompletableFuture<@Nullable Throwable> end = new CompletableFuture<>();

        Hung(InferenceSession session) {
            Thread thread = Thread.ofPlatform()
                    .daemon()
                    .start(() -> end.complete(catchThrowable(() -> session.run(picture(0)))));
            while (!isInNativeRun(thread) && !end.isDone()) {
                Thread.onSpinWait();
            }
        }

        private static boolean isInNativeRun(Thread thread) {
            StackTraceElement[] frames = thread.getStackTrace();
            return frames.length > 0
                    && frames[0].isNativeMethod()
                    && frames[0].getMethodName().equals("run");
        }

        @Nullable
        Throwable end() {
            return end.join();
        }
    }

    private static SessionFactory sessions(Path directory) {
        EngineBuilds none = new EngineBuilds(
                new EngineStore(directory.resolve("engines"), Clock.systemUTC(), _ -> {}),
                BuildClock.SYSTEM,
                new BuildLog(_ -> {}, _ -> {}),
                Duration.ZERO);
        return new OnnxSessions(
                new OnnxSettings(1, false),
                new TargetSettings(RequestedTarget.CPU, 0, false),
                DeviceProbe.ofThisMachine(),
                none);
    }

    /** Returns a batch of one frame with this value everywhere. */
    private static InputBatch picture(float value) {
        int elements = InputShape.REFERENCE.elements();
        FloatBuffer floats = ByteBuffer.allocateDirect(elements * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        for (int i = 0; i < elements; i++) {
            floats.put(i, value);
        }
        return new InputBatch(floats, 1);
    }
}
