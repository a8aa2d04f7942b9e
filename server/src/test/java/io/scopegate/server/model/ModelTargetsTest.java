package io.scopegate.server.model;

import static io.scopegate.inference.target.ExecutionTarget.CPU;
import static io.scopegate.inference.target.ExecutionTarget.CUDA;
import static io.scopegate.inference.target.ExecutionTarget.TENSORRT_FP16;
import static io.scopegate.inference.target.ExecutionTarget.TENSORRT_FP32;
import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.inference.target.Execution;
import io.scopegate.server.model.ReloadResult.Outcome;
import io.scopegate.server.model.VersionReport.Status;
import io.scopegate.server.testing.LogLines;
import io.scopegate.server.testing.ManualClock;
import io.scopegate.server.testing.TargetedSessions;
import io.scopegate.server.testing.TinyModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests on which target a model is served. The tiny model's golden picture is in body with a probability of almost 1.
 */
class ModelTargetsTest {

    private static final double RIGHT = 0.9999;
    private static final double RIGHT_FOR_HALF_PRECISION = 0.992;
    private static final double WRONG = 0.985;

    @TempDir
    Path models;

    private final TargetedSessions sessions = new TargetedSessions();
    private final ModelSlot slot = new ModelSlot(null);
    private final ManualClock clock = new ManualClock();
    private ModelWatcher watcher;

    @BeforeEach
    void publish() {
        TinyModel.version(1).publish(models);
        watcher = new Watchers.Parts(sessions, new AtomicLong(Long.MAX_VALUE), slot, clock)
                .watch(models, Watchers.UNSIGNED);
    }

    @AfterEach
    void nothingIsLeftOpen() {
        slot.close();
        assertThat(sessions.open()).isZero();
    }

    @Test
    void halfPrecisionServesIfItIsWithinAHundredth() throws InterruptedException {
        sessions.answer(TENSORRT_FP16, RIGHT_FOR_HALF_PRECISION);

        watcher.look();

        assertThat(execution().target()).isEqualTo(TENSORRT_FP16);
        assertThat(execution().fallback()).isEmpty();
    }

    @Test
    void fullPrecisionIsHeldToWhatTheModelAllows() throws InterruptedException {
        sessions.offer(TENSORRT_FP32, CPU);
        sessions.answer(TENSORRT_FP32, RIGHT_FOR_HALF_PRECISION);
        sessions.answer(CPU, RIGHT);

        watcher.look();

        assertThat(execution().target()).isEqualTo(CPU);
    }

    @Test
    void halfPrecisionThatAnswersDifferentlyFallsBackAndSaysWhy() throws InterruptedException {
        sessions.answer(TENSORRT_FP16, WRONG);
        sessions.answer(TENSORRT_FP32, RIGHT);

        watcher.look();

        assertThat(execution().target()).isEqualTo(TENSORRT_FP32);
        assertThat(execution().fallback())
                .startsWith("not on tensorrt-fp16: golden: spot.png: probabilities ")
                .contains("+- 0.01, not");
        assertThat(sessions.open()).isOne();
    }

    @Test
    void targetsThatCannotBeOpenedAreSkippedInOrder() throws InterruptedException {
        sessions.answer(CPU, RIGHT);

        watcher.look();

        assertThat(execution().target()).isEqualTo(CPU);
        assertThat(execution().fallback())
                .isEqualTo("not on tensorrt-fp16, tensorrt-fp32, cuda: session: no memory on the device");
    }

    @Test
    void targetOfAReloadedModelIsLoggedAgain() throws Exception {
        sessions.answer(CPU, RIGHT);
        ModelControl control = new ModelControl(watcher);
        try (LogLines log = new LogLines(ModelReload.class)) {
            watcher.look();
            assertThat(log.containing("runs on cpu, not on")).hasSize(1);

            control.unload("tiny", 1);
            control.load("tiny", 1);

            assertThat(log.containing("runs on cpu, not on")).hasSize(2);
        }
    }

    @Test
    void missingRequiredTargetServesNoneAndIsRetried() throws InterruptedException {
        sessions.offer();
        watcher.look();

        assertThat(slot.state()).isEqualTo(new ModelState.Absent("tiny/1: not on cuda: no device"));
        assertThat(watcher.report().versions().getFirst().status()).isNotEqualTo(Status.QUARANTINED);

        sessions.offer(CUDA);
        sessions.answer(CUDA, RIGHT);
        watcher.look();

        assertThat(execution().target()).isEqualTo(CUDA);
    }

    @Test
    void versionIsQuarantinedWhenRequiredTargetsAnswerWrong() throws InterruptedException {
        sessions.offer(TENSORRT_FP16, TENSORRT_FP32);
        sessions.answer(TENSORRT_FP16, WRONG);
        sessions.answer(TENSORRT_FP32, WRONG);

        watcher.look();

        assertThat(watcher.report().versions().getFirst().status()).isEqualTo(Status.QUARANTINED);
    }

    @Test
    void aGpuThatGivesNoAnswerToAGoldenPictureIsNotTheModelsFault() throws InterruptedException {
        sessions.offer(TENSORRT_FP16, TENSORRT_FP32);
        sessions.fail(TENSORRT_FP16);
        sessions.answer(TENSORRT_FP32, WRONG);
        watcher.look();

        assertThat(watcher.report().versions().getFirst().status()).isNotEqualTo(Status.QUARANTINED);
        assertThat(slot.state())
                .isInstanceOfSatisfying(
                        ModelState.Absent.class,
                        absent -> assertThat(absent.reason())
                                .contains(
                                        "not on tensorrt-fp16: golden: spot.png: it fails",
                                        "not on tensorrt-fp32: golden"));

        sessions.answer(TENSORRT_FP16, RIGHT);
        watcher.look();

        assertThat(execution().target()).isEqualTo(TENSORRT_FP16);
    }

    @Test
    void processorsWithoutMemoryAreNotTheModelsFaultAndItIsTriedAgain() throws InterruptedException {
        List<ReloadResult> results = new ArrayList<>();
        watcher.onReload(results::add);
        sessions.offer(CPU);
        sessions.starve(CPU);
        watcher.look();

        assertThat(results).extracting(ReloadResult::outcome).containsExactly(Outcome.POSTPONED);
        assertThat(results.getFirst().noRoom()).isTrue();
        assertThat(results.getFirst().detail()).isEqualTo("golden: spot.png: ONNX Runtime: std::bad_alloc");

        sessions.answer(CPU, RIGHT);
        watcher.look();

        assertThat(execution().target()).isEqualTo(CPU);
    }

    @Test
    void aNewVersionThatFindsNoTargetLeavesTheOldOneServing() throws InterruptedException {
        sessions.answer(CPU, RIGHT);
        watcher.look();
        ModelState before = slot.state();
        sessions.offer();
        TinyModel.version(2).publish(models);
        List<ReloadResult> results = new ArrayList<>();
        watcher.onReload(results::add);

        watcher.look();
        clock.advance(Watchers.SETTLE);
        watcher.look();

        assertThat(results).extracting(ReloadResult::outcome).containsExactly(Outcome.POSTPONED);
        assertThat(results.getFirst().reference()).isEqualTo("tiny/2");
        assertThat(slot.state()).isEqualTo(before);
    }

    private Execution execution() {
        assertThat(slot.state()).isInstanceOf(ModelState.Serving.class);
        return ((ModelState.Serving) slot.state()).execution();
    }
}
