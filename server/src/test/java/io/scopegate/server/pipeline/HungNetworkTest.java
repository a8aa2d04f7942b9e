package io.scopegate.server.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.bundle.frame.FrameLimits;
import io.scopegate.inference.InferenceFailedException;
import io.scopegate.inference.InferenceSession;
import io.scopegate.inference.InputBatch;
import io.scopegate.server.admission.DeliveryPolicy;
import io.scopegate.server.frame.FrameOutcome;
import io.scopegate.server.frame.FrameOutcome.Classified;
import io.scopegate.server.frame.FrameOutcome.Failed;
import io.scopegate.server.frame.Reason;
import io.scopegate.server.infer.NetworkWatchdog;
import io.scopegate.server.infer.TensorPool;
import io.scopegate.server.model.ModelSlots;
import io.scopegate.server.testing.CollectedAnswers;
import io.scopegate.server.testing.FakeSession;
import io.scopegate.server.testing.Frames;
import io.scopegate.server.testing.LogLines;
import io.scopegate.server.testing.ManualClock;
import io.scopegate.server.testing.Watchdogs;
import io.scopegate.server.verdict.VerdictPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Tests what becomes of frames while a run does not return. Whatever happens meanwhile happens inside the fake run. It
 * is checked after the run, because an assertion that fails inside would only fail the run's frames.
 */
class HungNetworkTest {

    private static final Failed HUNG = new Failed(Reason.INFERENCE_FAILED, "the network does not return");
    private static final int TENSORS = 4;

    private final ManualClock clock = new ManualClock();
    private final NetworkWatchdog watchdog = Watchdogs.of(clock);
    private final TensorPool tensors = ModelSlots.tensors(TENSORS);
    private final CollectedAnswers answers = new CollectedAnswers();
    private final DecodeTools tools = new DecodeTools(FrameLimits.DEFAULT, new PictureArrayPool(Long.MAX_VALUE));
    private final BatchTools batches = new BatchTools(Duration.ZERO);

    @AfterEach
    void close() {
        tools.close();
    }

    @Test
    void theFrameOfARunThatDoesNotReturnFailsInTimeAndOnce() throws InterruptedException {
        List<List<FrameOutcome>> meanwhile = new ArrayList<>();
        List<Integer> free = new ArrayList<>();
        FramePipeline pipeline = over(during(() -> {
            Watchdogs.pass(Watchdogs.LIMIT.minus(Duration.ofMillis(100)), clock, watchdog);
            meanwhile.add(answers.outcomes());
            Watchdogs.pass(Duration.ofMillis(200), clock, watchdog);
            meanwhile.add(answers.outcomes());
            free.add(tensors.available());
        }));
        FrameStream stream = open(pipeline);
        sendAndPrepare(pipeline, stream, 1);

        pipeline.judge(stream, batches);

        assertThat(meanwhile).containsExactly(List.of(), List.of(HUNG));
        assertThat(free).containsExactly(TENSORS - 1);
        assertThat(answers.outcomes()).containsExactly(HUNG);
        assertThat(answers.all().getFirst().verdict().inBody()).isFalse();
        assertThat(tensors.available()).isEqualTo(TENSORS);
    }

    @Test
    void framesBehindARunThatDoesNotReturnFailInOrderAndNoneIsLost() throws InterruptedException {
        StreamAndPipeline both = new StreamAndPipeline();
        both.pipeline = over(during(() -> {
            Watchdogs.pass(Watchdogs.LIMIT.multipliedBy(2), clock, watchdog);
            for (int id = 2; id <= 9; id++) {
                sendAndPrepare(both.pipeline(), both.stream(), id);
                both.pipeline().giveUp(both.stream());
            }
        }));
        both.stream = open(both.pipeline());
        sendAndPrepare(both.pipeline(), both.stream(), 1);

        both.pipeline().judge(both.stream(), batches);
        both.stream().finish();

        assertThat(answers.ids()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
        assertThat(answers.outcomes()).containsOnly(HUNG);
        assertThat(answers.isFinished()).isTrue();
        assertThat(tensors.available()).isEqualTo(TENSORS);
    }

    @Test
    void afterALateReturnFramesAreJudgedAgain() throws InterruptedException {
        boolean[] first = {true};
        FramePipeline pipeline = over(during(() -> {
            if (first[0]) {
                first[0] = false;
                Watchdogs.pass(Watchdogs.LIMIT.multipliedBy(2), clock, watchdog);
            }
        }));
        FrameStream stream = open(pipeline);
        for (int id = 1; id <= 2; id++) {
            sendAndPrepare(pipeline, stream, id);
            pipeline.judge(stream, batches);
        }

        assertThat(answers.outcomes().getFirst()).isEqualTo(HUNG);
        assertThat(answers.outcomes().getLast()).isInstanceOf(Classified.class);
        assertThat(watchdog.life().alive()).isTrue();
    }

    @Test
    void aDeviceLostInMidStreamFailsTheFrameAndEndsLivenessAtOnce() throws InterruptedException {
        FramePipeline pipeline = over(FakeSession.withoutDevice());
        FrameStream stream = open(pipeline);
        sendAndPrepare(pipeline, stream, 1);

        pipeline.judge(stream, batches);

        assertThat(answers.outcomes())
                .containsExactly(new Failed(Reason.INFERENCE_FAILED, "the network could not be run"));
        assertThat(answers.all().getFirst().verdict().inBody()).isFalse();
        assertThat(watchdog.life().alive()).isFalse();
        assertThat(tensors.available()).isEqualTo(TENSORS);
    }

    @Test
    void runsThatEndWithTheProcessAreNoFailuresOfTheNetwork() throws InterruptedException {
        FramePipeline pipeline = over(FakeSession.ofEndingProcess());
        FrameStream stream = open(pipeline);
        try (LogLines log = new LogLines(BatchJudge.class)) {
            for (int id = 1; id <= 6; id++) {
                sendAndPrepare(pipeline, stream, id);
                pipeline.judge(stream, batches);
                pipeline.canary(batches);
                Watchdogs.pass(Duration.ofSeconds(1), clock, watchdog);
            }

            assertThat(log.containing("inference failed")).isEmpty();
        }
        assertThat(answers.outcomes()).hasSize(6).containsOnly(new Failed(Reason.DRAINING, "the server is stopping"));
        assertThat(answers.all()).noneMatch(answer -> answer.verdict().inBody());
        assertThat(watchdog.life().alive()).isTrue();
        assertThat(tensors.available()).isEqualTo(TENSORS);
    }

    @Test
    void aRunWithoutAFrameShowsThatTheNetworkFails() {
        FramePipeline pipeline = over(FakeSession.failing());

        for (int i = 0; i < 6; i++) {
            pipeline.canary(batches);
            Watchdogs.pass(watchdog.untilCanary(), clock, watchdog);
        }

        assertThat(watchdog.life()).isEqualTo(new NetworkWatchdog.Life(false, "every run of the network fails"));
        assertThat(tensors.available()).isEqualTo(TENSORS);
    }

    @Test
    void aRunWithoutAFrameShowsThatTheNetworkHangs() {
        List<NetworkWatchdog.Life> meanwhile = new ArrayList<>();
        FramePipeline pipeline = over(during(() -> {
            Watchdogs.pass(Watchdogs.LIMIT.multipliedBy(2), clock, watchdog);
            meanwhile.add(watchdog.life());
        }));

        pipeline.canary(batches);

        assertThat(meanwhile).containsExactly(new NetworkWatchdog.Life(false, "a run of the network does not return"));
        assertThat(watchdog.life().alive()).isTrue();
        assertThat(tensors.available()).isEqualTo(TENSORS);
    }

    @Test
    void aRunWithoutAFrameTakesNoFramesTensor() throws InterruptedException {
        FakeSession session = FakeSession.giving(5, 0);
        FramePipeline pipeline = over(session);
        for (int i = 0; i < TENSORS; i++) {
            tensors.acquire();
        }

        pipeline.canary(batches);

        assertThat(session.frames()).containsExactly(1);
    }

    @Test
    void networkWithNanOutputFailsLivenessByCanaryRuns() throws InterruptedException {
        List<Float> seen = new ArrayList<>();
        FramePipeline pipeline = over(numberless(seen));
        FrameStream stream = open(pipeline);
        sendAndPrepare(pipeline, stream, 1);
        pipeline.judge(stream, batches);
        seen.clear();

        for (int i = 0; i < 6; i++) {
            pipeline.canary(batches);
            Watchdogs.pass(watchdog.untilCanary(), clock, watchdog);
        }

        assertThat(watchdog.life()).isEqualTo(new NetworkWatchdog.Life(false, "every run of the network fails"));
        assertThat(seen).hasSize(6).containsOnly(0f);
    }

    /** A network that gives no numbers for black pictures counts as alive as long as no frame has suffered from it. */
    @Test
    void nanCanaryOutputIsNoFaultWithoutANanFrame() {
        FramePipeline pipeline = over(numberless(new ArrayList<>()));

        for (int i = 0; i < 6; i++) {
            pipeline.canary(batches);
            Watchdogs.pass(watchdog.untilCanary(), clock, watchdog);
        }

        assertThat(watchdog.life().alive()).isTrue();
    }

    /**
     * Frames for which the network gives no numbers are neither a sign of life nor a fault, but make a run over a black
     * picture due soon.
     */
    @Test
    void framesWithNanOutputCountAsNeitherLifeNorFault() throws InterruptedException {
        FramePipeline pipeline = over(numberless(new ArrayList<>()));
        FrameStream stream = open(pipeline);

        for (int id = 1; id <= 20; id++) {
            sendAndPrepare(pipeline, stream, id);
            assertThat(pipeline.judge(stream, batches)).isFalse();
            Watchdogs.pass(Duration.ofMillis(100), clock, watchdog);
        }

        assertThat(answers.outcomes()).hasSize(20).allMatch(HungNetworkTest::isWithoutNumbers);
        assertThat(watchdog.life().alive()).isTrue();
        assertThat(watchdog.untilCanary()).isEqualTo(NetworkWatchdog.TICK);
    }

    private static boolean isWithoutNumbers(FrameOutcome outcome) {
        return outcome instanceof Failed failed && failed.reason() == Reason.NON_FINITE_OUTPUT;
    }

    private static InferenceSession numberless(List<Float> largestInputs) {
        return new InferenceSession() {
            @Override
            public List<float[]> run(InputBatch batch) {
                float largest = 0;
                for (int k = 0; k < batch.floats().limit(); k++) {
                    largest = Math.max(largest, Math.abs(batch.floats().get(k)));
                }
                largestInputs.add(largest);
                return Collections.nCopies(batch.frames(), new float[] {Float.NaN, 0});
            }

            @Override
            public void close() {}
        };
    }

    @Test
    void canaryWithoutAModelIsNoFault() {
        new FramePipeline(ModelSlots.empty("for a test"), clock, watchdog, new WaitingPictureLimit(Long.MAX_VALUE))
                .canary(batches);

        assertThat(watchdog.life().alive()).isTrue();
    }

    /** Gives a run access to the stream and the pipeline that it belongs to. */
    private static final class StreamAndPipeline {

        private @Nullable FramePipeline pipeline;
        private @Nullable FrameStream stream;

        FramePipeline pipeline() {
            return Objects.requireNonNull(pipeline);
        }

        FrameStream stream() {
            return Objects.requireNonNull(stream);
        }
    }

    /** Something that happens during a run. */
    private interface Meanwhile {
        void happens() throws InterruptedException;
    }

    private static InferenceSession during(Meanwhile meanwhile) {
        return new InferenceSession() {
            @Override
            public List<float[]> run(InputBatch batch) throws InferenceFailedException {
                try {
                    meanwhile.happens();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                return Collections.nCopies(batch.frames(), new float[] {5, 0});
            }

            @Override
            public void close() {}
        };
    }

    private FramePipeline over(InferenceSession session) {
        return new FramePipeline(
                ModelSlots.serving(session, tensors), clock, watchdog, new WaitingPictureLimit(Long.MAX_VALUE));
    }

    private FrameStream open(FramePipeline pipeline) {
        return pipeline.open(Frames.terms(DeliveryPolicy.BLOCK), VerdictPolicy.SINGLE_FRAME, answers);
    }

    private void sendAndPrepare(FramePipeline pipeline, FrameStream stream, int id) throws InterruptedException {
        stream.admit(Frames.now(id, clock));
        pipeline.prepare(stream, tools);
    }
}
