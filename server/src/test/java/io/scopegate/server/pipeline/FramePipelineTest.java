package io.scopegate.server.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.bundle.frame.FrameFormat;
import io.scopegate.bundle.frame.FrameLimits;
import io.scopegate.bundle.frame.FramePlane;
import io.scopegate.bundle.frame.PixelFormat;
import io.scopegate.server.admission.AgeBudget;
import io.scopegate.server.admission.ClockExchange;
import io.scopegate.server.admission.DeliveryPolicy;
import io.scopegate.server.admission.ModelSelection;
import io.scopegate.server.admission.StreamFrameLimits;
import io.scopegate.server.admission.StreamTerms;
import io.scopegate.server.frame.Frame;
import io.scopegate.server.frame.FrameOutcome;
import io.scopegate.server.frame.FrameOutcome.Classified;
import io.scopegate.server.frame.FrameOutcome.Expired;
import io.scopegate.server.frame.FrameOutcome.Failed;
import io.scopegate.server.frame.FrameOutcome.Rejected;
import io.scopegate.server.frame.FrameOutcome.Superseded;
import io.scopegate.server.frame.FrameVerdict;
import io.scopegate.server.frame.Reason;
import io.scopegate.server.frame.Timings;
import io.scopegate.server.infer.TensorLease;
import io.scopegate.server.infer.TensorPool;
import io.scopegate.server.model.ModelSlot;
import io.scopegate.server.model.ModelSlots;
import io.scopegate.server.testing.CollectedAnswers;
import io.scopegate.server.testing.FakeSession;
import io.scopegate.server.testing.Frames;
import io.scopegate.server.testing.LogLines;
import io.scopegate.server.testing.ManualClock;
import io.scopegate.server.testing.Pictures;
import io.scopegate.server.testing.Watchdogs;
import io.scopegate.server.verdict.VerdictPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FramePipelineTest {

    private final ManualClock clock = new ManualClock();
    private final FakeSession session = FakeSession.giving(5, 0);
    private final TensorPool tensors = ModelSlots.tensors(8);
    private final ModelSlot slot = ModelSlots.serving(session, tensors);
    private final CollectedAnswers answers = new CollectedAnswers();
    private final BatchTools batches = new BatchTools(Duration.ZERO);
    private final DecodeTools tools = new DecodeTools(FrameLimits.DEFAULT, new PictureArrayPool(Long.MAX_VALUE));

    @AfterEach
    void close() {
        tools.close();
    }

    @Test
    void aFrameGoesThroughAllStages() throws InterruptedException {
        FramePipeline pipeline =
                new FramePipeline(slot, clock, Watchdogs.of(clock), new WaitingPictureLimit(Long.MAX_VALUE));
        FrameStream stream = pipeline.open(Frames.terms(DeliveryPolicy.BLOCK), VerdictPolicy.SINGLE_FRAME, answers);

        stream.admit(Frames.now(1, clock));
        clock.advance(Duration.ofMillis(2));
        pipeline.prepare(stream, tools);
        clock.advance(Duration.ofMillis(3));
        pipeline.judge(stream, batches);

        assertThat(outcome()).isInstanceOf(Classified.class);
        assertThat(((Classified) outcome()).inBody()).isTrue();
        Timings timings = answers.all().getFirst().timings();
        assertThat(timings.queue()).isEqualTo(Duration.ofMillis(5));
        assertThat(timings.decode()).isEqualTo(Duration.ZERO);
        assertThat(timings.batchSize()).isEqualTo(1);
        assertThat(tensors.available()).isEqualTo(8);
    }

    @Test
    void whileAModelIsLoadedFramesFail() throws InterruptedException {
        run(
                new FramePipeline(
                        ModelSlots.loading(), clock, Watchdogs.of(clock), new WaitingPictureLimit(Long.MAX_VALUE)),
                Frames.now(1, clock));

        assertThat(outcome()).isInstanceOf(Failed.class);
        assertThat(outcome().reason()).isEqualTo(Reason.MODEL_LOADING);
    }

    @Test
    void withoutAModelFramesFail() throws InterruptedException {
        run(
                new FramePipeline(
                        ModelSlots.empty("the disk is empty"),
                        clock,
                        Watchdogs.of(clock),
                        new WaitingPictureLimit(Long.MAX_VALUE)),
                Frames.now(1, clock));

        assertThat(outcome())
                .isEqualTo(new Failed(
                        Reason.NO_MODEL, "no model is served; the server's health endpoint gives the reason"));
    }

    @Test
    void notANumberFailsAndIsNeverInBody() throws InterruptedException {
        run(pipelineOver(FakeSession.giving(Float.NaN, 0)), Frames.now(1, clock));

        assertThat(outcome()).isInstanceOf(Failed.class);
        assertThat(outcome().reason()).isEqualTo(Reason.NON_FINITE_OUTPUT);
    }

    @Test
    void aWrongNumberOfOutputsFails() throws InterruptedException {
        run(pipelineOver(FakeSession.giving(5)), Frames.now(1, clock));

        assertThat(outcome().reason()).isEqualTo(Reason.WRONG_OUTPUT_SHAPE);
    }

    @Test
    void aFailingRunFailsTheFrameAndFreesItsPlace() throws InterruptedException {
        run(pipelineOver(FakeSession.failing()), Frames.now(1, clock));

        assertThat(outcome()).isEqualTo(new Failed(Reason.INFERENCE_FAILED, "the network could not be run"));
        assertThat(tensors.available()).isEqualTo(8);
    }

    @Test
    void aPictureForWhichThereIsNoMemoryFailsItsFrameAndTheNextIsJudged() throws InterruptedException {
        FramePipeline pipeline =
                new FramePipeline(slot, clock, Watchdogs.of(clock), new WaitingPictureLimit(Long.MAX_VALUE));
        try (DecodeTools lavish =
                new DecodeTools(new FrameLimits(26_000, 26_000 * 26_000), new PictureArrayPool(Long.MAX_VALUE))) {
            FrameStream stream = pipeline.open(Frames.terms(DeliveryPolicy.BLOCK), VerdictPolicy.SINGLE_FRAME, answers);
            stream.admit(tooLarge(1));
            stream.admit(Frames.now(2, clock));
            pipeline.prepare(stream, lavish);
            pipeline.prepare(stream, lavish);
            pipeline.judge(stream, batches);
        }

        assertThat(answers.all().getFirst().outcome())
                .isEqualTo(new Failed(Reason.INTERNAL, "the frame could not be prepared"));
        assertThat(answers.all().getLast().outcome()).isInstanceOf(Classified.class);
        assertThat(tensors.available()).isEqualTo(8);
    }

    @Test
    void framesThatCannotBePreparedAreLoggedOnceUntilOneHasBeen() throws InterruptedException {
        FramePipeline pipeline =
                new FramePipeline(slot, clock, Watchdogs.of(clock), new WaitingPictureLimit(Long.MAX_VALUE));
        FrameStream stream = pipeline.open(Frames.terms(DeliveryPolicy.BLOCK), VerdictPolicy.SINGLE_FRAME, answers);
        try (DecodeTools lavish = new DecodeTools(
                        new FrameLimits(26_000, 26_000 * 26_000), new PictureArrayPool(Long.MAX_VALUE));
                LogLines log = new LogLines(FramePipeline.class)) {
            for (Frame frame : List.of(tooLarge(1), tooLarge(2), Frames.now(3, clock), tooLarge(4))) {
                stream.admit(frame);
                pipeline.prepare(stream, lavish);
            }

            assertThat(log.containing("failed to prepare a frame")).hasSize(2);
        }
        stream.abandon();
    }

    /** Returns a picture that the limits allow, but for which there is no memory. */
    private Frame tooLarge(long id) {
        return new Frame(
                Frames.header(id, null, clock),
                FrameFormat.encoded(PixelFormat.PNG),
                List.of(FramePlane.of(Pictures.pngThatStates(26_000, 26_000))));
    }

    @Test
    void aRunForWhichThereIsNoMemoryFailsItsFrameAndTheNextIsJudged() throws InterruptedException {
        AtomicBoolean exhausted = new AtomicBoolean(true);
        FramePipeline pipeline = pipelineOver(FakeSession.giving(row -> {
            if (exhausted.getAndSet(false)) {
                throw new OutOfMemoryError("by the test");
            }
            return new float[] {5, 0};
        }));

        run(pipeline, Frames.now(1, clock));
        run(pipeline, Frames.now(2, clock));

        assertThat(answers.all().getFirst().outcome())
                .isEqualTo(new Failed(Reason.INTERNAL, "the frame could not be judged"));
        assertThat(answers.all().getLast().outcome()).isInstanceOf(Classified.class);
        assertThat(tensors.available()).isEqualTo(8);
    }

    @Test
    void aReplacedNetworkThatCannotBeClosedLeavesNoFrameUnanswered() throws InterruptedException {
        ModelSlot swapped = ModelSlots.serving(FakeSession.giving(5, 0).failingToClose(), tensors);
        FramePipeline pipeline =
                new FramePipeline(swapped, clock, Watchdogs.of(clock), new WaitingPictureLimit(Long.MAX_VALUE));
        FrameStream stream = pipeline.open(Frames.terms(DeliveryPolicy.BLOCK), VerdictPolicy.SINGLE_FRAME, answers);
        stream.admit(Frames.now(1, clock));
        pipeline.prepare(stream, tools);

        ModelSlots.serve(swapped, 2, session, tensors, 1);
        pipeline.judge(stream, batches);

        assertThat(outcome()).isInstanceOf(Classified.class);
        assertThat(tensors.available()).isEqualTo(8);
    }

    @Test
    void frameAfterASwapIsJudgedByTheNewModelDespiteATensorWait() throws Exception {
        FramePipeline pipeline = whileItWaitsForATensor(
                swapped -> ModelSlots.serve(swapped, 2, session, tensors, 1), ModelSlots.tensors(1));
        FrameStream stream = pipeline.queues().decode().take();

        pipeline.prepare(stream, tools);
        pipeline.judge(stream, batches);

        assertThat(outcome())
                .isInstanceOfSatisfying(
                        Classified.class,
                        classified -> assertThat(classified.model().version()).isEqualTo(2));
        assertThat(tensors.available()).isEqualTo(8);
    }

    @Test
    void aFrameThatComesAfterItsModelWasUnloadedIsNotJudged() throws Exception {
        FramePipeline pipeline =
                whileItWaitsForATensor(slot -> ModelSlots.serveNone(slot, "unloaded"), ModelSlots.tensors(1));

        pipeline.prepare(pipeline.queues().decode().take(), tools);

        assertThat(outcome().reason()).isEqualTo(Reason.NO_MODEL);
    }

    /**
     * Lets a worker wait for the only tensor, makes the change, and then lets a frame arrive. Returns once the worker
     * has got the tensor and its turn is over.
     */
    private FramePipeline whileItWaitsForATensor(Consumer<ModelSlot> change, TensorPool only) throws Exception {
        ModelSlot changing = ModelSlots.serving(FakeSession.giving(5, 0), only);
        FramePipeline pipeline =
                new FramePipeline(changing, clock, Watchdogs.of(clock), new WaitingPictureLimit(Long.MAX_VALUE));
        FrameStream stream = pipeline.open(Frames.terms(DeliveryPolicy.BLOCK), VerdictPolicy.SINGLE_FRAME, answers);
        FutureTask<@Nullable Void> prepared = new FutureTask<>(() -> {
            pipeline.prepare(stream, tools);
            return null;
        });
        Thread worker = new Thread(prepared, "worker");
        try (TensorLease taken = only.acquire()) {
            worker.start();
            while (worker.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            change.accept(changing);
            stream.admit(Frames.now(1, clock));
            assertThat(taken.tensor()).isNotNull();
        }
        prepared.get();
        assertThat(only.available()).isOne();
        return pipeline;
    }

    @Test
    void aBrokenPictureIsRejectedAndFreesItsPlace() throws InterruptedException {
        Frame whole = Frames.now(1, clock);
        Frame torn = new Frame(whole.header(), whole.format(), List.of(FramePlane.of(new byte[11])));

        run(new FramePipeline(slot, clock, Watchdogs.of(clock), new WaitingPictureLimit(Long.MAX_VALUE)), torn);

        assertThat(outcome()).isInstanceOf(Rejected.class);
        assertThat(outcome().reason()).isEqualTo(Reason.BAD_PLANE_SIZE);
        assertThat(tensors.available()).isEqualTo(8);
    }

    @Test
    void garbageForAPictureIsRejected() throws InterruptedException {
        Frame garbage = new Frame(
                Frames.header(1, null, clock),
                FrameFormat.encoded(PixelFormat.JPEG),
                List.of(FramePlane.of(new byte[] {1, 2, 3})));

        run(new FramePipeline(slot, clock, Watchdogs.of(clock), new WaitingPictureLimit(Long.MAX_VALUE)), garbage);

        assertThat(outcome().reason()).isEqualTo(Reason.CORRUPT_PICTURE);
    }

    @Test
    void anotherModelThanTheServedOneFailsTheFrame() throws InterruptedException {
        StreamTerms terms = new StreamTerms(
                "test",
                null,
                DeliveryPolicy.BLOCK,
                AgeBudget.NONE,
                new ModelSelection("other", null),
                null,
                new StreamFrameLimits(4, 32));

        run(
                new FramePipeline(slot, clock, Watchdogs.of(clock), new WaitingPictureLimit(Long.MAX_VALUE)),
                terms,
                Frames.now(1, clock));

        assertThat(outcome()).isEqualTo(new Failed(Reason.NO_MODEL, "model other/* is not served"));
    }

    @Test
    void aFrameThatWaitedTooLongForAWorkerIsNotDecoded() throws InterruptedException {
        FramePipeline pipeline =
                new FramePipeline(slot, clock, Watchdogs.of(clock), new WaitingPictureLimit(Long.MAX_VALUE));
        FrameStream stream = pipeline.open(budget(50), VerdictPolicy.SINGLE_FRAME, answers);
        stream.admit(Frames.now(1, clock));

        clock.advance(Duration.ofMillis(51));
        pipeline.prepare(stream, tools);

        assertThat(outcome()).isEqualTo(new Expired(Duration.ofMillis(51), Duration.ofMillis(50)));
        assertThat(answers.all().getFirst().timings().decode()).isNull();
        assertThat(tensors.available()).isEqualTo(8);
    }

    @Test
    void aFrameFromTheFutureIsRejectedAndThoseAfterItAreNot() throws InterruptedException {
        FramePipeline pipeline =
                new FramePipeline(slot, clock, Watchdogs.of(clock), new WaitingPictureLimit(Long.MAX_VALUE));
        FrameStream stream = pipeline.open(budget(50), VerdictPolicy.SINGLE_FRAME, answers);
        Instant now = clock.wallTime();
        stream.clientClock().measured(new ClockExchange(now, now, now, now), clock.origin());

        stream.admit(taken(1, now.plusSeconds(3600)));
        stream.admit(taken(2, now));
        judgeAll(pipeline, stream);

        assertThat(answers.outcomes()).first().isInstanceOfSatisfying(Rejected.class, rejected -> {
            assertThat(rejected.reason()).isEqualTo(Reason.IMPOSSIBLE_TIME);
            assertThat(rejected.field()).isEqualTo("capture_time");
        });
        assertThat(answers.outcomes()).last().isInstanceOf(Classified.class);
        assertThat(session.runs()).isOne();
    }

    private Frame taken(long id, Instant captureTime) {
        Frame frame = Frames.now(id, clock);
        return new Frame(Frames.header(id, captureTime, clock), frame.format(), frame.planes());
    }

    @Test
    void aFrameThatWaitedTooLongForTheNetworkDoesNotReachIt() throws InterruptedException {
        FramePipeline pipeline =
                new FramePipeline(slot, clock, Watchdogs.of(clock), new WaitingPictureLimit(Long.MAX_VALUE));
        FrameStream stream = pipeline.open(budget(50), VerdictPolicy.SINGLE_FRAME, answers);
        stream.admit(Frames.now(1, clock));
        pipeline.prepare(stream, tools);

        clock.advance(Duration.ofMillis(51));
        pipeline.judge(stream, batches);

        assertThat(outcome()).isInstanceOf(Expired.class);
        assertThat(session.runs()).isZero();
        assertThat(tensors.available()).isEqualTo(8);
    }

    @Test
    void aFrameThatIsTooOldWhenItsRunEndsIsNotAnsweredByIt() throws InterruptedException {
        runFor(51, 5, 0);

        assertThat(outcome()).isEqualTo(new Expired(Duration.ofMillis(51), Duration.ofMillis(50)));
        assertThat(answers.all().getFirst().verdict()).isEqualTo(FrameVerdict.outOfBody(false, Reason.TOO_OLD));
        assertThat(answers.all().getFirst().timings().infer()).isEqualTo(Duration.ofMillis(51));
        assertThat(tensors.available()).isEqualTo(8);
    }

    /** A frame that is exactly as old as its age budget when its run ends is answered by that run. */
    @Test
    void frameExactlyAsOldAsItsBudgetIsJudged() throws InterruptedException {
        runFor(50, 5, 0);

        assertThat(answers.all().getFirst().verdict().inBody()).isTrue();
    }

    /** A fault of the run is reported even if the frame has exceeded its age budget. */
    @Test
    void runFailureIsReportedForAnExpiredFrame() throws InterruptedException {
        runFor(51, Float.NaN, 0);

        assertThat(outcome().reason()).isEqualTo(Reason.NON_FINITE_OUTPUT);
    }

    /** Judges a frame with an age budget of 50 ms in a run that takes this long. */
    private void runFor(int millis, float... logits) throws InterruptedException {
        FramePipeline pipeline = pipelineOver(FakeSession.giving(row -> {
            clock.advance(Duration.ofMillis(millis));
            return logits;
        }));
        Frame frame = Frames.now(1, clock);
        run(
                pipeline,
                budget(50),
                new Frame(
                        frame.header(),
                        FrameFormat.of(PixelFormat.RGB8, 64, 64),
                        List.of(FramePlane.of(Pictures.rgb(Pictures.spot(64, 64))))));
    }

    @Test
    void aStricterThresholdOfTheClientHolds() throws InterruptedException {
        StreamTerms strict = new StreamTerms(
                "test",
                null,
                DeliveryPolicy.BLOCK,
                AgeBudget.NONE,
                ModelSelection.SERVED,
                0.999,
                new StreamFrameLimits(4, 32));

        run(
                new FramePipeline(slot, clock, Watchdogs.of(clock), new WaitingPictureLimit(Long.MAX_VALUE)),
                strict,
                Frames.now(1, clock));

        assertThat(((Classified) outcome()).inBody()).isFalse();
    }

    @Test
    void anAnswerThatCannotBeMadeIsAFaultOfTheServerAndTheNextIsMade() throws InterruptedException {
        FramePipeline pipeline =
                new FramePipeline(slot, clock, Watchdogs.of(clock), new WaitingPictureLimit(Long.MAX_VALUE));
        FrameStream stream = pipeline.open(Frames.terms(DeliveryPolicy.BLOCK), VerdictPolicy.SINGLE_FRAME, answers);
        Instant now = clock.wallTime();
        stream.clientClock()
                .measured(new ClockExchange(now, now.plusSeconds(1), now.plusSeconds(1), now), clock.origin());
        Frame whole = Frames.now(1, clock);
        // The server's clock is a second ahead of the client's, and no time is a second later than this one.
        Frame lastOfAll = new Frame(Frames.header(1, Instant.MAX, clock), whole.format(), whole.planes());
        stream.admit(lastOfAll);
        stream.admit(Frames.now(2, clock));

        judgeAll(pipeline, stream);

        assertThat(answers.outcomes().getFirst())
                .isEqualTo(new Failed(Reason.INTERNAL, "the answer to the frame could not be created"));
        assertThat(answers.all().getFirst().verdict().inBody()).isFalse();
        assertThat(answers.outcomes().getLast()).isInstanceOf(Classified.class);
    }

    @Test
    void aFrameWhoseAgeCannotBeToldIsNotJudged() throws InterruptedException {
        FramePipeline pipeline =
                new FramePipeline(slot, clock, Watchdogs.of(clock), new WaitingPictureLimit(Long.MAX_VALUE));
        FrameStream stream = pipeline.open(budget(50), VerdictPolicy.SINGLE_FRAME, answers);
        Instant now = clock.wallTime();
        stream.clientClock()
                .measured(new ClockExchange(now, now.plusSeconds(1), now.plusSeconds(1), now), clock.origin());
        Frame whole = Frames.now(1, clock);

        stream.admit(new Frame(Frames.header(1, Instant.MAX, clock), whole.format(), whole.planes()));
        pipeline.prepare(stream, tools);

        assertThat(outcome()).isInstanceOf(Failed.class);
        assertThat(session.runs()).isZero();
        assertThat(tensors.available()).isEqualTo(8);
    }

    @Test
    void theLatestFrameWins() throws InterruptedException {
        FramePipeline pipeline =
                new FramePipeline(slot, clock, Watchdogs.of(clock), new WaitingPictureLimit(Long.MAX_VALUE));
        FrameStream stream =
                pipeline.open(Frames.terms(DeliveryPolicy.LATEST_WINS), VerdictPolicy.SINGLE_FRAME, answers);

        for (int id = 1; id <= 3; id++) {
            stream.admit(Frames.now(id, clock));
        }
        pipeline.prepare(stream, tools);
        stream.admit(Frames.now(4, clock));
        pipeline.prepare(stream, tools);
        pipeline.judge(stream, batches);

        assertThat(answers.ids()).containsExactly(1L, 2L, 3L, 4L);
        assertThat(answers.outcomes().subList(0, 3))
                .containsExactly(new Superseded(2), new Superseded(3), new Superseded(4));
        assertThat(answers.outcomes().getLast()).isInstanceOf(Classified.class);
        assertThat(session.runs()).isEqualTo(1);
        assertThat(tensors.available()).isEqualTo(8);
    }

    @Test
    void theNewestFrameIsRejectedWhereThatIsThePolicy() {
        FramePipeline pipeline =
                new FramePipeline(slot, clock, Watchdogs.of(clock), new WaitingPictureLimit(Long.MAX_VALUE));
        FrameStream stream =
                pipeline.open(Frames.terms(DeliveryPolicy.REJECT_NEWEST), VerdictPolicy.SINGLE_FRAME, answers);
        for (int id = 1; id <= 5; id++) {
            stream.admit(Frames.now(id, clock));
        }
        assertThat(answers.ids()).isEmpty();

        stream.drain();
        judgeAll(pipeline, stream);

        assertThat(answers.ids()).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(answers.outcomes().getLast())
                .isEqualTo(new Rejected(Reason.QUEUE_FULL, "frames", "at most 4 at once", "5"));
    }

    @Test
    void aFrameThatComesDuringADrainIsTurnedAwayBehindThoseBeforeIt() {
        FramePipeline pipeline =
                new FramePipeline(slot, clock, Watchdogs.of(clock), new WaitingPictureLimit(Long.MAX_VALUE));
        FrameStream stream = pipeline.open(Frames.terms(DeliveryPolicy.BLOCK), VerdictPolicy.SINGLE_FRAME, answers);
        stream.admit(Frames.now(1, clock));

        stream.drain();
        stream.admit(Frames.now(2, clock));
        judgeAll(pipeline, stream);

        assertThat(answers.outcomes().getFirst()).isInstanceOf(Classified.class);
        assertThat(answers.outcomes().getLast().reason()).isEqualTo(Reason.DRAINING);
        assertThat(answers.isFinished()).isTrue();
    }

    @Test
    void aFrameWaitsOnIfThereIsNoRoomForTheNewerOne() throws InterruptedException {
        WaitingPictureLimit twoPictures = new WaitingPictureLimit(24);
        FramePipeline pipeline = new FramePipeline(slot, clock, Watchdogs.of(clock), twoPictures);
        FrameStream latest =
                pipeline.open(Frames.terms(DeliveryPolicy.LATEST_WINS), VerdictPolicy.SINGLE_FRAME, answers);
        FrameStream other =
                pipeline.open(Frames.terms(DeliveryPolicy.BLOCK), VerdictPolicy.SINGLE_FRAME, new CollectedAnswers());
        latest.admit(Frames.now(1, clock));
        other.admit(Frames.now(1, clock));

        latest.admit(Frames.now(2, clock));
        latest.admit(new Frame(
                Frames.header(3, null, clock),
                FrameFormat.of(PixelFormat.RGB8, 4, 2),
                List.of(FramePlane.of(new byte[24]))));
        judgeAll(pipeline, latest);
        other.abandon();

        assertThat(answers.outcomes())
                .satisfiesExactly(
                        replaced -> assertThat(replaced).isEqualTo(new Superseded(2)),
                        judged -> assertThat(judged).isInstanceOf(Classified.class),
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.QUEUE_FULL));
        assertThat(twoPictures.taken()).isZero();
    }

    @Test
    void picturesOfAllStreamsTogetherTakeNoMoreThanTheirLimit() throws InterruptedException {
        WaitingPictureLimit twoPictures = new WaitingPictureLimit(24);
        FramePipeline pipeline = new FramePipeline(slot, clock, Watchdogs.of(clock), twoPictures);
        CollectedAnswers others = new CollectedAnswers();
        FrameStream first = pipeline.open(Frames.terms(DeliveryPolicy.BLOCK), VerdictPolicy.SINGLE_FRAME, answers);
        FrameStream second = pipeline.open(Frames.terms(DeliveryPolicy.BLOCK), VerdictPolicy.SINGLE_FRAME, others);
        first.admit(Frames.now(1, clock));
        second.admit(Frames.now(1, clock));
        first.admit(Frames.now(2, clock));
        pipeline.prepare(first, tools);
        first.admit(Frames.now(3, clock));
        judgeAll(pipeline, first);
        second.abandon();

        assertThat(answers.outcomes())
                .satisfiesExactly(
                        judged -> assertThat(judged).isInstanceOf(Classified.class),
                        refused -> assertThat(refused)
                                .isEqualTo(new Rejected(
                                        Reason.QUEUE_FULL,
                                        "waiting pictures",
                                        "at most 24 bytes in all streams",
                                        "36")),
                        judged -> assertThat(judged).isInstanceOf(Classified.class));
        assertThat(twoPictures.taken()).isZero();
    }

    @Test
    void aPictureThatIsReplacedGivesItsMemoryToTheNewest() {
        FramePipeline pipeline = new FramePipeline(slot, clock, Watchdogs.of(clock), new WaitingPictureLimit(12));
        FrameStream stream =
                pipeline.open(Frames.terms(DeliveryPolicy.LATEST_WINS), VerdictPolicy.SINGLE_FRAME, answers);

        stream.admit(Frames.now(1, clock));
        stream.admit(Frames.now(2, clock));
        stream.admit(Frames.now(3, clock));

        assertThat(answers.outcomes()).containsExactly(new Superseded(2), new Superseded(3));
    }

    @Test
    void streamsTakeTurnsHoweverManyFramesTheyHave() throws InterruptedException {
        FramePipeline pipeline =
                new FramePipeline(slot, clock, Watchdogs.of(clock), new WaitingPictureLimit(Long.MAX_VALUE));
        FrameStream busy = pipeline.open(Frames.terms(DeliveryPolicy.BLOCK), VerdictPolicy.SINGLE_FRAME, answers);
        FrameStream calm =
                pipeline.open(Frames.terms(DeliveryPolicy.BLOCK), VerdictPolicy.SINGLE_FRAME, new CollectedAnswers());
        for (int id = 1; id <= 3; id++) {
            busy.admit(Frames.now(id, clock));
        }
        calm.admit(Frames.now(1, clock));

        StreamQueue queue = pipeline.queues().decode();
        FrameStream first = queue.take();
        pipeline.prepare(first, tools);
        FrameStream second = queue.take();
        pipeline.prepare(second, tools);

        assertThat(first).isSameAs(busy);
        assertThat(second).isSameAs(calm);
        assertThat(queue.take()).isSameAs(busy);
    }

    private void judgeAll(FramePipeline pipeline, FrameStream stream) {
        try {
            while (stream.unanswered() > 0) {
                pipeline.prepare(stream, tools);
                pipeline.judge(stream, batches);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void run(FramePipeline pipeline, Frame frame) throws InterruptedException {
        run(pipeline, Frames.terms(DeliveryPolicy.BLOCK), frame);
    }

    private void run(FramePipeline pipeline, StreamTerms terms, Frame frame) throws InterruptedException {
        FrameStream stream = pipeline.open(terms, VerdictPolicy.SINGLE_FRAME, answers);
        stream.admit(frame);
        pipeline.prepare(stream, tools);
        pipeline.judge(stream, batches);
    }

    private FramePipeline pipelineOver(FakeSession other) {
        return new FramePipeline(
                ModelSlots.serving(other, tensors),
                clock,
                Watchdogs.of(clock),
                new WaitingPictureLimit(Long.MAX_VALUE));
    }

    private static StreamTerms budget(int millis) {
        return Frames.terms(DeliveryPolicy.BLOCK, new AgeBudget(Duration.ofMillis(millis)));
    }

    private FrameOutcome outcome() {
        assertThat(answers.all()).hasSize(1);
        return answers.outcomes().getFirst();
    }
}
