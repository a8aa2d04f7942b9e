package io.scopegate.server.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.bundle.frame.FrameFormat;
import io.scopegate.bundle.frame.FrameLimits;
import io.scopegate.bundle.frame.FramePlane;
import io.scopegate.bundle.frame.PixelFormat;
import io.scopegate.server.admission.DeliveryPolicy;
import io.scopegate.server.frame.Frame;
import io.scopegate.server.frame.FrameOutcome.Rejected;
import io.scopegate.server.model.ModelSlots;
import io.scopegate.server.testing.CollectedAnswers;
import io.scopegate.server.testing.FakeSession;
import io.scopegate.server.testing.Frames;
import io.scopegate.server.testing.ManualClock;
import io.scopegate.server.testing.Pulses;
import io.scopegate.server.verdict.VerdictPolicy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A thread that runs the network, and also prepares frames. */
class InferenceThreadTest {

    private final ManualClock clock = new ManualClock();
    private final FakeSession session = FakeSession.giving(5, 0);
    private final CollectedAnswers answers = new CollectedAnswers();
    private final FramePipeline pipeline = new FramePipeline(
            ModelSlots.serving(session, ModelSlots.tensors(2)),
            clock,
            Pulses.of(clock),
            new PictureMemory(Long.MAX_VALUE));
    private final FrameStream stream =
            pipeline.open(Frames.terms(DeliveryPolicy.BLOCK), VerdictPolicy.SINGLE_FRAME, answers);
    private final InferenceThread thread = new InferenceThread(
            pipeline, new PipelineSettings(1, 1, Duration.ZERO, FrameLimits.DEFAULT, Long.MAX_VALUE), clock);

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

    @Test
    void framesThatAreJudgedAre() throws InterruptedException {
        for (int id = 1; id <= 4; id++) {
            clock.advance(Duration.ofSeconds(2));
            stream.admit(Frames.now(id, clock));
            thread.next();
            thread.next();
        }

        assertThat(answers.ids()).hasSize(4);
        assertThat(session.runs()).isEqualTo(4);
    }

    private Frame tooFewBytes(int id) {
        return new Frame(
                Frames.header(id, null, clock),
                FrameFormat.of(PixelFormat.RGB8, 2, 2),
                List.of(FramePlane.of(new byte[11])));
    }
}
