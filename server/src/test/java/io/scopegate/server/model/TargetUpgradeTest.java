package io.scopegate.server.model;

import static io.scopegate.inference.target.ExecutionTarget.CPU;
import static io.scopegate.inference.target.ExecutionTarget.CUDA;
import static io.scopegate.inference.target.ExecutionTarget.TENSORRT_FP16;
import static io.scopegate.inference.target.ExecutionTarget.TENSORRT_FP32;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scopegate.inference.engine.EngineStatus;
import io.scopegate.inference.target.Execution;
import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.server.model.ReloadResult.Outcome;
import io.scopegate.server.model.VersionReport.Status;
import io.scopegate.server.testing.BuildingSessions;
import io.scopegate.server.testing.LogLines;
import io.scopegate.server.testing.ManualClock;
import io.scopegate.server.testing.TargetedSessions;
import io.scopegate.server.testing.TinyModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests that a model is served on another target while its engine is built, and then moves up to the engine. Builds are
 * real except for the engines' contents.
 */
@Timeout(60)
class TargetUpgradeTest {

    private static final double RIGHT = 0.9999;
    private static final double WRONG = 0.985;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    Path directory;

    private final ManualClock clock = new ManualClock();
    private final AtomicLong freeBytes = new AtomicLong(Long.MAX_VALUE);
    private final ModelSlot slot = new ModelSlot(null);
    private final List<ReloadResult> results = new ArrayList<>();
    private final AtomicInteger changes = new AtomicInteger();
    private Path models;
    private BuildingSessions sessions;
    private TargetedSessions targets;
    private ModelWatcher watcher;

    @BeforeEach
    void publish() {
        models = directory.resolve("models");
        sessions = new BuildingSessions(directory.resolve("engines"), clock);
        targets = sessions.targets();
        for (ExecutionTarget target : ExecutionTarget.values()) {
            targets.answer(target, RIGHT);
        }
        targets.offer(TENSORRT_FP16, TENSORRT_FP32, CPU);
        TinyModel.version(1).publish(models);
        watcher = new Watchers.Parts(sessions, freeBytes, slot, clock).watch(models, Watchers.UNSIGNED);
        watcher.onReload(results::add);
    }

    @AfterEach
    void nothingIsLeftOpen() {
        sessions.close();
        slot.close();
        assertThat(targets.open()).isZero();
    }

    @Test
    void theProcessorsServeWhileTheEngineIsBuiltAndThenTheVersionMovesUp() throws Exception {
        watcher.look();
        assertThat(execution().target()).isEqualTo(CPU);
        assertThat(execution().fallback())
                .isEqualTo("not on tensorrt-fp16, tensorrt-fp32: engine being built since 2026-11-23T10:00:00Z");
        clock.advance(Duration.ofSeconds(35));
        assertThat(sessions.engines().status())
                .containsExactly(new EngineStatus(List.of("tiny/1"), "fp16: being built for 35 s"));

        assertThat(sessions.finishBuild()).isEqualTo("BUILT");
        watcher.look();

        assertThat(execution().target()).isEqualTo(TENSORRT_FP16);
        assertThat(execution().fallback()).isEmpty();
        assertThat(sessions.engines().status()).isEmpty();
        assertThat(results).extracting(ReloadResult::outcome).containsExactly(Outcome.SERVED, Outcome.SERVED);
        assertThat(targets.open()).isOne();
    }

    @Test
    void framesInFlightKeepTheProcessorsSession() throws Exception {
        watcher.look();
        ModelLease inFlight = Objects.requireNonNull(slot.lease());
        sessions.finishBuild();

        watcher.look();

        assertThat(targets.open()).as("a lease that is not closed is seen").isEqualTo(2);
        inFlight.close();
        assertThat(targets.open()).isOne();
    }

    @Test
    void servingStateStaysUnchangedWhileAnEngineIsBuilt() throws Exception {
        watcher.look();
        ModelState before = slot.state();
        slot.onChange(changes::incrementAndGet);

        for (int i = 0; i < 20; i++) {
            clock.advance(Duration.ofSeconds(10));
            watcher.look();
        }

        assertThat(slot.state()).isEqualTo(before);
        assertThat(changes).hasValue(0);
        assertThat(results).hasSize(1);
    }

    @Test
    void modelIsAbsentUntilTheRequiredTensorRtEngineIsBuilt() throws Exception {
        targets.offer(TENSORRT_FP16, TENSORRT_FP32);
        watcher.look();
        assertThat(slot.state())
                .isEqualTo(new ModelState.Absent("tiny/1: not on tensorrt-fp16, tensorrt-fp32: engine being built since"
                        + " 2026-11-23T10:00:00Z"));
        slot.onChange(changes::incrementAndGet);
        clock.advance(Duration.ofSeconds(10));
        watcher.look();
        assertThat(changes).as("the reason stays the same").hasValue(0);

        sessions.finishBuild();
        watcher.look();

        assertThat(execution().target()).isEqualTo(TENSORRT_FP16);
        assertThat(results).extracting(ReloadResult::outcome).doesNotContain(Outcome.FAILED);
    }

    @Test
    void anOlderVersionServesOnUntilTheNewOnesEngineIsThere() throws Exception {
        watcher.look();
        sessions.finishBuild();
        watcher.look();
        publishSecond();
        assertThat(reference()).isEqualTo("tiny/1");
        assertThat(watcher.report().versions().getFirst())
                .returns(Status.WAITING, VersionReport::status)
                .returns("engine being built since 2026-11-23T10:00:01Z", VersionReport::detail);

        sessions.finishBuild();
        watcher.look();

        assertThat(reference()).isEqualTo("tiny/2");
        assertThat(execution().target()).isEqualTo(TENSORRT_FP16);
        assertThat(targets.open()).isOne();
    }

    @Test
    void aNewVersionWhoseEngineCannotBeBuiltServesWhereItCan() throws Exception {
        watcher.look();
        sessions.finishBuild();
        watcher.look();
        publishSecond();

        sessions.failBuild("no memory");
        targets.offer(TENSORRT_FP16, CPU);
        watcher.look();

        assertThat(reference()).isEqualTo("tiny/2");
        assertThat(execution().fallback())
                .isEqualTo("not on tensorrt-fp16: engine: no memory; tried again at 2026-11-23T10:01:01Z");
    }

    @Test
    void manuallyLoadedVersionServesAtOnceOnTheCpu() throws Exception {
        watcher.look();
        sessions.finishBuild();
        watcher.look();
        publishSecond();

        new ModelControl(watcher).load("tiny", 2);

        assertThat(reference()).isEqualTo("tiny/2");
        assertThat(execution().target()).isEqualTo(CPU);
    }

    @Test
    void aBuildThatFailsIsTriedAgainAfterAMinuteNotAtEachLook() throws Exception {
        targets.offer(TENSORRT_FP16, CPU);
        watcher.look();
        sessions.failBuild("CUDA failure 2: out of memory");
        slot.onChange(changes::incrementAndGet);
        for (int i = 0; i < 5; i++) {
            watcher.look();
            clock.advance(Duration.ofSeconds(10));
        }
        assertThat(execution().fallback())
                .isEqualTo("not on tensorrt-fp16: engine: CUDA failure 2: out of memory;"
                        + " tried again at 2026-11-23T10:01:00Z");
        assertThat(sessions.engines().running()).isZero();
        assertThat(changes).as("only the reason is another").hasValue(0);

        clock.advance(Duration.ofSeconds(10));
        watcher.look();
        sessions.finishBuild();
        watcher.look();

        assertThat(execution().target()).isEqualTo(TENSORRT_FP16);
        assertThat(results).extracting(ReloadResult::outcome).containsExactly(Outcome.SERVED, Outcome.SERVED);
    }

    @Test
    void engineThatAnswersWrongNeverServesAndIsNotRetried() throws Exception {
        targets.offer(TENSORRT_FP16, CPU);
        watcher.look();
        targets.answer(TENSORRT_FP16, WRONG);
        sessions.finishBuild();
        watcher.look();
        assertThat(execution().target()).isEqualTo(CPU);
        assertThat(execution().fallback()).startsWith("not on tensorrt-fp16: golden: spot.png: probabilities ");
        assertThat(targets.open()).isOne();

        int opened = targets.opened();
        clock.advance(Duration.ofHours(2));
        watcher.look();

        assertThat(targets.opened()).isEqualTo(opened);
        assertThat(watcher.report().versions().getFirst().status()).isEqualTo(Status.SERVED);
    }

    @Test
    void fullPrecisionsEngineIsBuiltWhereHalfPrecisionAnswersWrong() throws Exception {
        watcher.look();
        targets.answer(TENSORRT_FP16, WRONG);
        sessions.finishBuild();
        watcher.look();
        assertThat(execution().target()).isEqualTo(CPU);

        sessions.finishBuild();
        watcher.look();

        assertThat(execution().target()).isEqualTo(TENSORRT_FP32);
        assertThat(execution().fallback()).startsWith("not on tensorrt-fp16: golden");
    }

    @Test
    void fullPrecisionsEngineThatIsThereServesBeforeHalfPrecisionsIsBuilt() throws Exception {
        try (BuildingSessions earlier = new BuildingSessions(directory.resolve("engines"), clock);
                ModelSlot earlierSlot = new ModelSlot(null)) {
            earlier.targets().offer(TENSORRT_FP32);
            new Watchers.Parts(earlier, freeBytes, earlierSlot, clock)
                    .watch(models, Watchers.UNSIGNED)
                    .look();
            earlier.finishBuild();
        }

        watcher.look();
        assertThat(execution().target()).isEqualTo(TENSORRT_FP32);

        sessions.finishBuild();
        watcher.look();
        assertThat(execution().target()).isEqualTo(TENSORRT_FP16);
    }

    @Test
    void ofSeveralVersionsTheHighestsEngineIsBuiltAndNoOther() throws Exception {
        targets.offer(TENSORRT_FP16);
        TinyModel.version(2).publish(models);
        TinyModel.version(3).publish(models);

        watcher.look();
        watcher.look();
        assertThat(sessions.engines().status()).extracting(EngineStatus::models).containsExactly(List.of("tiny/3"));

        sessions.finishBuild();
        watcher.look();
        assertThat(reference()).isEqualTo("tiny/3");
        assertThat(sessions.engines().status()).isEmpty();
    }

    @Test
    void eachVersionThatWaitsIsToldOnceForEachReason() throws Exception {
        targets.offer(TENSORRT_FP16);
        TinyModel.version(2).publish(models);
        try (LogLines lines = new LogLines(ModelReload.class)) {
            watcher.look();
            watcher.look();
            watcher.look();
            assertThat(lines.containing("cannot be loaded yet")).hasSize(2);

            sessions.failBuild("no memory");
            targets.offer();
            watcher.look();
            watcher.look();
            assertThat(lines.containing("cannot be loaded yet"))
                    .hasSize(4)
                    .element(2)
                    .asString()
                    .contains("no device");
        }
    }

    @Test
    void aRollbackToAVersionWhoseEngineIsNotThereIsRefusedForNow() throws Exception {
        targets.offer(TENSORRT_FP16);
        TinyModel.version(2).publish(models);
        TinyModel.version(3).publish(models);
        watcher.look();
        sessions.finishBuild();
        watcher.look();

        assertThatThrownBy(() -> new ModelControl(watcher).rollback())
                .isInstanceOfSatisfying(
                        ControlRefusedException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(ControlRefusedException.Kind.NOT_NOW))
                .hasMessage("tiny/2: not on tensorrt-fp16: engine being built since 2026-11-23T10:00:00Z");

        assertThat(reference()).isEqualTo("tiny/3");
        assertThat(sessions.engines().status()).extracting(EngineStatus::models).containsExactly(List.of("tiny/2"));
    }

    @Test
    void aLowerVersionWhoseEngineIsThereServesMeanwhile() throws Exception {
        targets.offer(TENSORRT_FP16);
        watcher.look();
        sessions.finishBuild();
        TinyModel.version(2).publish(models);
        try (ModelSlot anew = new ModelSlot(null)) {
            ModelWatcher started =
                    new Watchers.Parts(sessions, freeBytes, anew, clock).watch(models, Watchers.UNSIGNED);

            started.look();
            assertThat(((ModelState.Serving) anew.state()).identity().reference())
                    .isEqualTo("tiny/1");

            sessions.finishBuild();
            started.look();
            assertThat(((ModelState.Serving) anew.state()).identity().reference())
                    .isEqualTo("tiny/2");
        }
    }

    @Test
    void aDeviceThatComesBackIsTakenAfterAWhile() throws Exception {
        targets.offer(CUDA, CPU);
        targets.refuse(CUDA);
        watcher.look();
        assertThat(execution().target()).isEqualTo(CPU);
        targets.answer(CUDA, RIGHT);
        watcher.look();
        assertThat(execution().target()).as("not at each look").isEqualTo(CPU);

        clock.advance(MINUTE);
        watcher.look();

        assertThat(execution().target()).isEqualTo(CUDA);
    }

    @Test
    void aGpuThatDoesNotAnswerIsTriedLessAndLessOften() throws Exception {
        targets.offer(CUDA, CPU);
        targets.fail(CUDA);
        watcher.look();
        int opened = targets.opened();

        for (int second = 0; second < 600; second += 10) {
            clock.advance(Duration.ofSeconds(10));
            watcher.look();
        }

        assertThat(targets.opened() - opened).as("after 1, 3 and 7 minutes").isEqualTo(3);
        assertThat(execution().target()).isEqualTo(CPU);
        assertThat(results).hasSize(1);
    }

    @Test
    void modelStaysOnItsTargetWithoutMemoryToMoveUp() throws Exception {
        watcher.look();
        sessions.finishBuild();
        freeBytes.set(10);
        watcher.look();
        assertThat(execution().target()).isEqualTo(CPU);

        freeBytes.set(Long.MAX_VALUE);
        clock.advance(MINUTE);
        watcher.look();

        assertThat(execution().target()).isEqualTo(TENSORRT_FP16);
    }

    @Test
    void twoServersShareACacheAndTheSecondServesMeanwhile() throws Exception {
        try (BuildingSessions other = new BuildingSessions(directory.resolve("engines"), clock);
                ModelSlot otherSlot = new ModelSlot(null)) {
            other.targets().offer(TENSORRT_FP16, CPU);
            other.targets().answer(TENSORRT_FP16, RIGHT);
            other.targets().answer(CPU, RIGHT);
            ModelWatcher second =
                    new Watchers.Parts(other, freeBytes, otherSlot, clock).watch(models, Watchers.UNSIGNED);
            watcher.look();
            second.look();
            assertThat(execution(otherSlot).target()).isEqualTo(CPU);

            sessions.letBuild();
            other.letBuild();
            List<String> ends = List.of(sessions.awaitEnd(), other.awaitEnd());
            watcher.look();
            second.look();

            assertThat(ends).containsExactlyInAnyOrder("BUILT", "FOUND");
            assertThat(execution().target()).isEqualTo(TENSORRT_FP16);
            assertThat(execution(otherSlot).target()).isEqualTo(TENSORRT_FP16);
        }
    }

    @Test
    void aStopDuringABuildLeavesNothingOpenAndServesNothing() throws Exception {
        watcher.look();

        sessions.close();
        slot.close();
        watcher.look();

        assertThat(targets.open()).isZero();
        assertThat(slot.lease()).isNull();
    }

    @Test
    void aCacheThatCannotBeWrittenLeavesTheProcessorsServing() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        try (BuildingSessions broken = new BuildingSessions(file, clock);
                ModelSlot brokenSlot = new ModelSlot(null)) {
            broken.targets().offer(TENSORRT_FP16, CPU);
            broken.targets().answer(CPU, RIGHT);
            ModelWatcher other =
                    new Watchers.Parts(broken, freeBytes, brokenSlot, clock).watch(models, Watchers.UNSIGNED);
            other.look();
            broken.failBuild("it does not come to this");
            other.look();

            assertThat(execution(brokenSlot).target()).isEqualTo(CPU);
            assertThat(execution(brokenSlot).fallback())
                    .contains(file + ": cannot be used for engines", "scopegate.inference.engine-cache");
        }
    }

    private void publishSecond() throws InterruptedException {
        TinyModel.version(2).publish(models);
        watcher.look();
        clock.advance(Watchers.SETTLE);
        watcher.look();
    }

    private String reference() {
        return ((ModelState.Serving) slot.state()).identity().reference();
    }

    private Execution execution() {
        return execution(slot);
    }

    private static Execution execution(ModelSlot slot) {
        assertThat(slot.state()).isInstanceOf(ModelState.Serving.class);
        return ((ModelState.Serving) slot.state()).execution();
    }
}
