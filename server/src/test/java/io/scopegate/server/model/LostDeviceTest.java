package io.scopegate.server.model;

import static io.scopegate.inference.target.ExecutionTarget.CPU;
import static io.scopegate.inference.target.ExecutionTarget.CUDA;
import static io.scopegate.inference.target.ExecutionTarget.TENSORRT_FP16;
import static io.scopegate.inference.target.ExecutionTarget.TENSORRT_FP32;
import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.server.infer.NetworkWatchdog;
import io.scopegate.server.infer.WatchdogSettings;
import io.scopegate.server.testing.ManualClock;
import io.scopegate.server.testing.TargetedSessions;
import io.scopegate.server.testing.TinyModel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests what happens when the process loses its GPU while golden pictures are run on it. */
class LostDeviceTest {

    private static final double RIGHT = 0.9999;
    private static final String LOST = "device: lost until the server is restarted: CUDA failure 700";

    @TempDir
    Path models;

    private final TargetedSessions sessions = new TargetedSessions();
    private final ModelSlot slot = new ModelSlot(null);
    private final ManualClock clock = new ManualClock();
    private final NetworkWatchdog watchdog =
            new NetworkWatchdog(new WatchdogSettings(null, Duration.ofSeconds(5), false), clock);
    private ModelWatcher watcher;

    @BeforeEach
    void publish() {
        TinyModel.version(1).publish(models);
        watcher = new Watchers.Parts(sessions, new AtomicLong(Long.MAX_VALUE), slot, clock)
                .watch(models, Watchers.UNSIGNED);
        LostDevice.follow(new NamedModel(slot, watcher, watchdog), sessions);
        sessions.lose(TENSORRT_FP16);
        sessions.answer(TENSORRT_FP32, RIGHT);
        sessions.answer(CUDA, RIGHT);
        sessions.answer(CPU, RIGHT);
    }

    @AfterEach
    void nothingIsLeftOpen() {
        slot.close();
        assertThat(sessions.open()).isZero();
    }

    @Test
    void noOtherTargetOnTheGpuIsTriedAndTheProcessorsServe() throws InterruptedException {
        watcher.look();

        assertThat(slot.state()).isInstanceOfSatisfying(ModelState.Serving.class, serving -> {
            assertThat(serving.execution().target()).isEqualTo(CPU);
            assertThat(serving.execution().fallback())
                    .isEqualTo("not on tensorrt-fp16: golden: spot.png: CUDA failure 700; not on tensorrt-fp32, cuda: "
                            + LOST);
        });
        assertThat(watchdog.life().alive()).isTrue();
    }

    @Test
    void aLaterVersionIsNotTriedThereEither() throws InterruptedException {
        watcher.look();
        sessions.answer(TENSORRT_FP16, RIGHT);
        TinyModel.version(2).publish(models);

        watcher.look();
        clock.advance(Watchers.SETTLE);
        watcher.look();

        assertThat(slot.state()).isInstanceOfSatisfying(ModelState.Serving.class, serving -> {
            assertThat(serving.identity().version()).isEqualTo(2);
            assertThat(serving.execution().fallback()).isEqualTo("not on tensorrt-fp16, tensorrt-fp32, cuda: " + LOST);
        });
    }

    @Test
    void modelIsAbsentAndNotLiveWhenItRequiresALostGpu() throws InterruptedException {
        sessions.offer(TENSORRT_FP16, TENSORRT_FP32);

        watcher.look();

        assertThat(slot.state())
                .isInstanceOfSatisfying(
                        ModelState.Absent.class,
                        absent -> assertThat(absent.reason()).contains("not on tensorrt-fp32: " + LOST));
        assertThat(watchdog.life())
                .isEqualTo(new NetworkWatchdog.Life(false, "the device is lost until the server is started anew"));
    }

    @Test
    void aModelThatIsAbsentForAnotherReasonIsNotTakenForDead() throws Exception {
        watcher.look();

        new ModelControl(watcher).unload("tiny", 1);

        assertThat(slot.state()).isInstanceOf(ModelState.Absent.class);
        assertThat(watchdog.life().alive()).isTrue();
    }
}
