package io.scopegate.server.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.server.admission.DeliveryPolicy;
import io.scopegate.server.frame.FrameOutcome.Failed;
import io.scopegate.server.frame.Reason;
import io.scopegate.server.infer.TensorPool;
import io.scopegate.server.model.ModelLease;
import io.scopegate.server.model.ModelSlot;
import io.scopegate.server.model.ModelSlots;
import io.scopegate.server.testing.CollectedAnswers;
import io.scopegate.server.testing.FakeSession;
import io.scopegate.server.testing.Frames;
import io.scopegate.server.testing.ManualClock;
import io.scopegate.server.verdict.VerdictPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Tests that each frame is answered once and in order, however frames arrive, are decoded, are judged and fail. */
class FrameStreamPropertiesTest {

    private static final Failed FAILED = new Failed(Reason.INTERNAL, "for a test");

    /** An event that can happen next. */
    private enum Event {
        ARRIVE,
        TAKE_TO_DECODE,
        DECODE,
        FAIL_TO_DECODE,
        TAKE_TO_JUDGE,
        JUDGE
    }

    @Property
    void everyFrameIsAnsweredOnceAndInOrder(
            @ForAll DeliveryPolicy policy, @ForAll @Size(max = 60) List<Event> events, @ForAll Random random)
            throws InterruptedException {
        Run run = new Run(policy, random);

        for (Event event : events) {
            run.happen(event);
            assertThat(run.answers.ids()).isEqualTo(idsUpTo(run.answers.ids().size()));
        }
        run.stream.finish();
        run.complete();

        assertThat(run.answers.ids()).isEqualTo(idsUpTo(run.arrived));
        assertThat(run.answers.isFinished()).isTrue();
        run.assertThatNothingIsHeld();
    }

    @Property
    void anAbandonedStreamAnswersNothingAndHoldsNothing(
            @ForAll DeliveryPolicy policy,
            @ForAll @Size(min = 1, max = 60) List<Event> events,
            @ForAll @IntRange(max = 59) int abandonAt,
            @ForAll Random random)
            throws InterruptedException {
        Run run = new Run(policy, random);
        List<Long> answered = List.of();

        for (int i = 0; i < events.size(); i++) {
            run.happen(events.get(i));
            if (i == abandonAt % events.size()) {
                run.stream.abandon();
                answered = run.answers.ids();
            }
        }
        run.complete();

        assertThat(run.answers.ids()).isEqualTo(answered);
        assertThat(run.answers.isFinished()).isFalse();
        run.assertThatNothingIsHeld();
    }

    private static List<Long> idsUpTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    /** One stream, and everything that happens to it. */
    private static final class Run {

        private final ManualClock clock = new ManualClock();
        private final TensorPool tensors = ModelSlots.tensors(64);
        private final FakeSession session = FakeSession.giving(0, 0);
        private final ModelSlot slot = ModelSlots.serving(session, tensors);
        private final CollectedAnswers answers = new CollectedAnswers();
        private final WaitingPictureLimit pictures = new WaitingPictureLimit(Long.MAX_VALUE);
        private final List<FrameJob> decoding = new ArrayList<>();
        private final List<PreparedFrame> judging = new ArrayList<>();
        private final Random random;
        private final FrameStream stream;
        private long arrived;

        Run(DeliveryPolicy policy, Random random) {
            this.random = random;
            this.stream = new FrameStream(
                    Frames.terms(policy),
                    VerdictPolicy.SINGLE_FRAME,
                    new StreamContext(answers, new StageQueues(), pictures, clock));
        }

        private void happen(Event event) throws InterruptedException {
            switch (event) {
                case ARRIVE -> stream.admit(Frames.now(++arrived, clock));
                case TAKE_TO_DECODE -> {
                    FrameJob job = stream.nextToDecode();
                    if (job != null) {
                        decoding.add(job);
                    }
                }
                case DECODE -> {
                    if (!decoding.isEmpty()) {
                        ModelLease model = Objects.requireNonNull(slot.lease());
                        FrameJob job = any(decoding);
                        job.takeFrame();
                        stream.prepared(new PreparedFrame(stream, job, FrameLeases.at(model)));
                    }
                }
                case FAIL_TO_DECODE -> {
                    if (!decoding.isEmpty()) {
                        stream.notPrepared(any(decoding), FAILED);
                    }
                }
                case TAKE_TO_JUDGE -> {
                    if (stream.nextToJudge(null) instanceof PreparedFrame frame) {
                        judging.add(frame);
                    }
                }
                case JUDGE -> {
                    if (!judging.isEmpty()) {
                        PreparedFrame frame = any(judging);
                        frame.close();
                        stream.settledByNetwork(frame.job(), FAILED);
                    }
                }
            }
        }

        /** Does all work that is left, in random order. */
        private void complete() throws InterruptedException {
            for (int i = 0; i < 3 * arrived + 3; i++) {
                happen(Event.TAKE_TO_DECODE);
                happen(Event.DECODE);
                happen(Event.TAKE_TO_JUDGE);
                happen(Event.JUDGE);
            }
            assertThat(decoding).isEmpty();
            assertThat(judging).isEmpty();
        }

        private void assertThatNothingIsHeld() {
            assertThat(stream.unanswered()).isZero();
            assertThat(tensors.available()).isEqualTo(64);
            assertThat(pictures.taken()).isZero();
            slot.close();
            assertThat(session.closed()).isTrue();
        }

        private <T> T any(List<T> items) {
            return items.remove(random.nextInt(items.size()));
        }
    }
}
