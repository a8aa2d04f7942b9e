package io.scopegate.server.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.bundle.frame.FrameFormat;
import io.scopegate.bundle.frame.FrameLimits;
import io.scopegate.bundle.frame.FramePlane;
import io.scopegate.bundle.frame.PixelFormat;
import io.scopegate.server.admission.AgeBudget;
import io.scopegate.server.admission.DeliveryPolicy;
import io.scopegate.server.frame.Frame;
import io.scopegate.server.frame.FrameOutcome.Expired;
import io.scopegate.server.frame.FrameOutcome.Rejected;
import io.scopegate.server.infer.NetworkWatchdog;
import io.scopegate.server.model.ModelSlots;
import io.scopegate.server.testing.CollectedAnswers;
import io.scopegate.server.testing.FakeSession;
import io.scopegate.server.testing.Frames;
import io.scopegate.server.testing.LogWithoutMemory;
import io.scopegate.server.testing.ManualClock;
import io.scopegate.server.testing.Watchdogs;
import io.scopegate.server.verdict.VerdictPolicy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Tests an inference thread, which runs the network, prepares frames itself when it has nothing to judge, and runs the
 * network over a black picture when it has judged no frame for a while.
 */
class InferenceThreadTest {

    private final ManualClock clock = new ManualClock();
    private final FakeSession session = FakeSession.giving(5, 0);
    private final CollectedAnswers answers = new CollectedAnswers();
    private final FramePipeline pipeline = pipeline(session);
    private final FrameStream stream = stream(pipeline);
    private final InferenceThread thread = thread(pipeline);

    @AfterEach
    void close() {
        thread.close();
    }

    @Test
    void aFrameThatComesAloneIsPreparedAndJudged() throws InterruptedException {
        stream.admit(Frames.now(1, clock));

        thread.next();
        thread.next();

        assertThat(answers.ids()).containsExactly(1L);
        assertThat(session.runs()).isOne();
    }

    /** Rejected frames do not reach the network, so one run over a black picture is made meanwhile. */
    @Test
    void framesThatDoNotReachTheNetworkAreNoSignThatItAnswers() throws InterruptedException {
        for (int id = 1; id <= 4; id++) {
            clock.advance(Duration.ofSeconds(2));
            stream.admit(tooFewBytes(id));
            thread.next();
        }

        assertThat(answers.outcomes()).hasSize(4).hasOnlyElementsOfType(Rejected.class);
        assertThat(session.runs()).isOne();
    }

    /** Expired frames do not reach the network, so one run over a black picture is made meanwhile. */
    @Test
    void framesThatExpireBeforeTheNetworkAreNoSignThatItAnswers() throws InterruptedException {
        FrameStream hurried = pipeline.open(
                Frames.terms(DeliveryPolicy.BLOCK, new AgeBudget(Duration.ofSeconds(1))),
                VerdictPolicy.SINGLE_FRAME,
                answers);
        for (int id = 1; id <= 4; id++) {
            hurried.admit(Frames.now(id, clock));
            thread.next();
            clock.advance(Duration.ofSeconds(2));
            thread.next();
        }

        assertThat(answers.outcomes()).hasSize(4).hasOnlyElementsOfType(Expired.class);
        assertThat(session.runs()).isOne();
    }

    @Test
    void aNetworkThatGivesNoNumbersIsFoundOutHoweverManyFramesWait() throws InterruptedException {
        FramePipeline over = pipeline(FakeSession.giving(Float.NaN, 0));
        FrameStream frames = stream(over);
        try (InferenceThread alone = thread(over)) {
            for (int id = 1; over.watchdog().life().alive() && id <= 40; id++) {
                frames.admit(Frames.now(id, clock));
                alone.next();
                alone.next();
                Watchdogs.pass(NetworkWatchdog.TICK, clock, over.watchdog());
            }
        }

        assertThat(over.watchdog().life().reason()).isEqualTo("every run of the network fails");
    }

    /** Judged frames show that the network answers, so no run over a black picture is made. */
    @Test
    void judgedFramesReplaceTheCanaryRun() throws InterruptedException {
        for (int id = 1; id <= 4; id++) {
            clock.advance(Duration.ofSeconds(2));
            stream.admit(Frames.now(id, clock));
            thread.next();
            thread.next();
        }

        assertThat(answers.ids()).hasSize(4);
        assertThat(session.runs()).isEqualTo(4);
    }

    /**
     * A run over a black picture fails, and there is no memory to log that. The next one is made when the
     * watchdog says so, not at once.
     */
    @Test
    void failedCanaryIsRetriedAtItsInterval() throws InterruptedException {
        FakeSession broken = FakeSession.failing();
        FramePipeline over = pipeline(broken);
        FrameStream frames = stream(over);
        try (InferenceThread alone = thread(over);
                LogWithoutMemory _ = new LogWithoutMemory(BatchJudge.class)) {
            clock.advance(Watchdogs.CANARY_INTERVAL);
            frames.admit(tooFewBytes(1));
            alone.next();
            assertThat(broken.runs()).isOne();

            frames.admit(tooFewBytes(2));
            alone.next();
            assertThat(broken.runs()).isOne();

            clock.advance(over.watchdog().untilCanary());
            frames.admit(tooFewBytes(3));
            alone.next();
            assertThat(broken.runs()).isEqualTo(2);
        }
    }

    private FramePipeline pipeline(FakeSession over) {
        return new FramePipeline(
                ModelSlots.serving(over, ModelSlots.tensors(2)),
                clock,
                Watchdogs.of(clock),
                new WaitingPictureLimit(Long.MAX_VALUE));
    }

    private FrameStream stream(FramePipeline of) {
        return of.open(Frames.terms(DeliveryPolicy.BLOCK), VerdictPolicy.SINGLE_FRAME, answers);
    }

    private InferenceThread thread(FramePipeline of) {
        return new InferenceThread(
                of,
                new PipelineSettings(1, 1, Duration.ZERO, FrameLimits.DEFAULT, Long.MAX_VALUE, Long.MAX_VALUE),
                new PictureArrayPool(Long.MAX_VALUE),
                clock);
    }

    private Frame tooFewBytes(int id) {
        return new Frame(
                Frames.header(id, null, clock),
                FrameFormat.of(PixelFormat.RGB8, 2, 2),
                List.of(FramePlane.of(new byte[11])));
    }
}
