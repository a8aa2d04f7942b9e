package io.scopegate.server.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.bundle.frame.FrameFormat;
import io.scopegate.bundle.frame.FrameLimits;
import io.scopegate.bundle.frame.FramePlane;
import io.scopegate.bundle.frame.PixelFormat;
import io.scopegate.inference.InferenceFailedException;
import io.scopegate.inference.InferenceSession;
import io.scopegate.inference.InputBatch;
import io.scopegate.server.admission.AgeBudget;
import io.scopegate.server.admission.DeliveryPolicy;
import io.scopegate.server.admission.StreamTerms;
import io.scopegate.server.frame.Frame;
import io.scopegate.server.frame.FrameAnswer;
import io.scopegate.server.frame.FrameOutcome;
import io.scopegate.server.frame.FrameOutcome.Classified;
import io.scopegate.server.frame.FrameOutcome.Expired;
import io.scopegate.server.frame.Reason;
import io.scopegate.server.infer.TensorPool;
import io.scopegate.server.model.ModelSlot;
import io.scopegate.server.model.ModelSlots;
import io.scopegate.server.testing.CollectedAnswers;
import io.scopegate.server.testing.FakeSession;
import io.scopegate.server.testing.Frames;
import io.scopegate.server.testing.ManualClock;
import io.scopegate.server.testing.Watchdogs;
import io.scopegate.server.verdict.VerdictPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchTest {

    private static final int MAX_BATCH = 3;
    private static final int TENSORS = 12;

    private final ManualClock clock = new ManualClock();
    private final TensorPool tensors = ModelSlots.tensors(TENSORS);
    private final List<CollectedAnswers> answers = new ArrayList<>();
    private final BatchTools batches = new BatchTools(Duration.ZERO);
    private final DecodeTools tools = new DecodeTools(FrameLimits.DEFAULT, new PictureArrayPool(Long.MAX_VALUE));

    @AfterEach
    void close() {
        tools.close();
    }

    @Test
    void framesOfSeveralStreamsAreJudgedInOneRun() throws InterruptedException {
        FakeSession session = FakeSession.giving(5, 0);
        FramePipeline pipeline = over(session);
        List<FrameStream> streams = streamsWithOneFrameEach(pipeline, 3);

        judge(pipeline);

        assertThat(session.frames()).containsExactly(3);
        assertThat(answersInOrderOfStreams()).allSatisfy(answer -> {
            assertThat(answer.outcome()).isInstanceOf(Classified.class);
            assertThat(answer.timings().batchSize()).isEqualTo(3);
        });
        assertThat(streams).allMatch(stream -> stream.unanswered() == 0);
        assertThat(tensors.available()).isEqualTo(TENSORS);
    }

    @Test
    void aRunTakesNoMoreFramesThanTheModelAllows() throws InterruptedException {
        FakeSession session = FakeSession.giving(5, 0);
        FramePipeline pipeline = over(session);
        streamsWithOneFrameEach(pipeline, 5);

        judge(pipeline);
        judge(pipeline);

        assertThat(session.frames()).containsExactly(3, 2);
        assertThat(answersInOrderOfStreams()).hasSize(5);
    }

    @Test
    void aStreamWithManyFramesLeavesRoomForTheOthers() throws InterruptedException {
        FakeSession session = FakeSession.giving(5, 0);
        FramePipeline pipeline = over(session);
        FrameStream busy = open(pipeline);
        for (int id = 1; id <= 3; id++) {
            busy.admit(Frames.now(id, clock));
        }
        for (int id = 1; id <= 3; id++) {
            pipeline.prepare(busy, tools);
        }
        streamsWithOneFrameEach(pipeline, 2);

        judge(pipeline);

        assertThat(answers).allMatch(stream -> stream.ids().size() == 1);
    }

    @Test
    void notANumberInOneRowSpoilsNoOther() throws InterruptedException {
        FramePipeline pipeline =
                over(FakeSession.giving(row -> row == 1 ? new float[] {Float.NaN, 0} : new float[] {5, 0}));
        streamsWithOneFrameEach(pipeline, 3);

        judge(pipeline);

        assertThat(reasons()).containsExactly(Reason.MODEL, Reason.NON_FINITE_OUTPUT, Reason.MODEL);
    }

    @Test
    void aRowOfWrongLengthSpoilsNoOther() throws InterruptedException {
        FramePipeline pipeline = over(FakeSession.giving(row -> row == 0 ? new float[1] : new float[] {5, 0}));
        streamsWithOneFrameEach(pipeline, 2);

        judge(pipeline);

        assertThat(reasons()).containsExactly(Reason.WRONG_OUTPUT_SHAPE, Reason.MODEL);
    }

    @Test
    void aFailingRunFailsEveryFrameOfItsBatch() throws InterruptedException {
        FramePipeline pipeline = over(FakeSession.failing());
        streamsWithOneFrameEach(pipeline, 3);

        judge(pipeline);

        assertThat(reasons()).containsOnly(Reason.INFERENCE_FAILED).hasSize(3);
        assertThat(tensors.available()).isEqualTo(TENSORS);
    }

    @Test
    void aRunThatThrowsFailsEveryFrameOfItsBatch() throws InterruptedException {
        FramePipeline pipeline = over(FakeSession.giving(row -> {
            throw new IllegalStateException("a fault of the program");
        }));
        streamsWithOneFrameEach(pipeline, 3);

        judge(pipeline);

        assertThat(reasons()).containsOnly(Reason.INTERNAL).hasSize(3);
        assertThat(tensors.available()).isEqualTo(TENSORS);
    }

    @Test
    void outputsForFewerFramesThanThereWereFailThemAll() throws InterruptedException {
        FramePipeline pipeline = over(new InferenceSession() {
            @Override
            public List<float[]> run(InputBatch batch) throws InferenceFailedException {
                return List.of(new float[] {5, 0});
            }

            @Override
            public void close() {}
        });
        streamsWithOneFrameEach(pipeline, 2);

        judge(pipeline);

        assertThat(reasons()).containsExactly(Reason.WRONG_OUTPUT_SHAPE, Reason.WRONG_OUTPUT_SHAPE);
    }

    @Test
    void aFrameThatIsTooOldDoesNotTakePartInTheRun() throws InterruptedException {
        FakeSession session = FakeSession.giving(5, 0);
        FramePipeline pipeline = over(session);
        FrameStream hurried = open(pipeline, Frames.terms(DeliveryPolicy.BLOCK, new AgeBudget(Duration.ofMillis(50))));
        hurried.admit(Frames.now(1, clock));
        pipeline.prepare(hurried, tools);
        streamsWithOneFrameEach(pipeline, 1);

        clock.advance(Duration.ofMillis(51));
        judge(pipeline);

        assertThat(outcomes().getFirst()).isInstanceOf(Expired.class);
        assertThat(outcomes().getLast()).isInstanceOf(Classified.class);
        assertThat(session.frames()).containsExactly(1);
    }

    @Test
    void framesOfAnotherModelWaitForTheNextRun() throws InterruptedException {
        FakeSession old = FakeSession.giving(5, 0);
        FakeSession young = FakeSession.giving(5, 0);
        ModelSlot slot = ModelSlots.serving(old, tensors, MAX_BATCH);
        FramePipeline pipeline =
                new FramePipeline(slot, clock, Watchdogs.of(clock), new WaitingPictureLimit(Long.MAX_VALUE));
        streamsWithOneFrameEach(pipeline, 1);
        ModelSlots.serve(slot, 2, young, tensors, MAX_BATCH);
        streamsWithOneFrameEach(pipeline, 2);

        judge(pipeline);
        assertThat(old.frames()).containsExactly(1);
        assertThat(young.frames()).isEmpty();
        assertThat(old.closed()).isTrue();
        judge(pipeline);

        assertThat(young.frames()).containsExactly(2);
        assertThat(versions()).containsExactly(1, 2, 2);
    }

    @Test
    void everyFrameGetsTheVerdictOnItsOwnPicture() throws InterruptedException {
        BrightestElement session = new BrightestElement();
        FramePipeline pipeline = new FramePipeline(
                ModelSlots.serving(session, tensors, MAX_BATCH),
                clock,
                Watchdogs.of(clock),
                new WaitingPictureLimit(Long.MAX_VALUE));
        List<FrameStream> streams = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            streams.add(open(pipeline));
            streams.get(i).admit(spotted(i));
        }
        // Frames are prepared in another order than they are judged, and their tensors do not lie side by side.
        for (int i : new int[] {2, 0, 1}) {
            pipeline.prepare(streams.get(i), tools);
            tensors.acquire();
        }

        judge(pipeline);

        assertThat(session.sizes).containsExactly(3);
        assertThat(outcomes())
                .extracting(outcome -> ((Classified) outcome).rawClass())
                .containsExactly(0, 1, 0);
    }

    @Test
    void aSinkThatThrowsCostsNoOtherStreamItsAnswer() throws InterruptedException {
        FramePipeline pipeline = over(FakeSession.giving(5, 0));
        FrameStream broken =
                pipeline.open(Frames.terms(DeliveryPolicy.BLOCK), VerdictPolicy.SINGLE_FRAME, new AnswerSink() {
                    @Override
                    public void answer(FrameAnswer answer) {
                        throw new IllegalStateException("a fault of the program");
                    }

                    @Override
                    public void finished() {}

                    @Override
                    public void broken() {}
                });
        broken.admit(Frames.now(1, clock));
        pipeline.prepare(broken, tools);
        streamsWithOneFrameEach(pipeline, 2);

        judge(pipeline);

        assertThat(reasons()).containsExactly(Reason.MODEL, Reason.MODEL);
        assertThat(tensors.available()).isEqualTo(TENSORS);
    }

    @Test
    void aWaitForMoreFramesEndsWhenTheBatchIsFull() throws InterruptedException {
        FakeSession session = FakeSession.giving(5, 0);
        FramePipeline pipeline = over(session);
        streamsWithOneFrameEach(pipeline, 3);

        pipeline.judge(pipeline.queues().infer().take(), new BatchTools(Duration.ofHours(1)));

        assertThat(session.frames()).containsExactly(3);
    }

    private FramePipeline over(InferenceSession session) {
        return new FramePipeline(
                ModelSlots.serving(session, tensors, MAX_BATCH),
                clock,
                Watchdogs.of(clock),
                new WaitingPictureLimit(Long.MAX_VALUE));
    }

    private FrameStream open(FramePipeline pipeline) {
        return open(pipeline, Frames.terms(DeliveryPolicy.BLOCK));
    }

    private FrameStream open(FramePipeline pipeline, StreamTerms terms) {
        CollectedAnswers sink = new CollectedAnswers();
        answers.add(sink);
        return pipeline.open(terms, VerdictPolicy.SINGLE_FRAME, sink);
    }

    private List<FrameStream> streamsWithOneFrameEach(FramePipeline pipeline, int count) throws InterruptedException {
        List<FrameStream> streams = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            FrameStream stream = open(pipeline);
            stream.admit(Frames.now(1, clock));
            pipeline.prepare(stream, tools);
            streams.add(stream);
        }
        return streams;
    }

    private void judge(FramePipeline pipeline) throws InterruptedException {
        pipeline.judge(pipeline.queues().infer().take(), batches);
    }

    private List<FrameAnswer> answersInOrderOfStreams() {
        return answers.stream().flatMap(stream -> stream.all().stream()).toList();
    }

    private List<FrameOutcome> outcomes() {
        return answersInOrderOfStreams().stream().map(FrameAnswer::outcome).toList();
    }

    private List<Reason> reasons() {
        return outcomes().stream().map(FrameOutcome::reason).toList();
    }

    private List<Integer> versions() {
        return outcomes().stream()
                .map(outcome -> ((Classified) outcome).model().version())
                .toList();
    }

    /** Returns a picture of four pixels, one of them white: the first if the number is even, else the last. */
    private Frame spotted(int number) {
        byte[] pixels = new byte[12];
        int spot = number % 2 == 0 ? 0 : 9;
        pixels[spot] = pixels[spot + 1] = pixels[spot + 2] = -1;
        return new Frame(
                Frames.header(1, null, clock), FrameFormat.of(PixelFormat.RGB8, 2, 2), List.of(FramePlane.of(pixels)));
    }

    /**
     * Gives the first and the last element of each frame as its logits, so the class tells which of the two is greater.
     */
    private static final class BrightestElement implements InferenceSession {

        private final List<Integer> sizes = new ArrayList<>();

        @Override
        public List<float[]> run(InputBatch batch) {
            sizes.add(batch.frames());
            int elements = batch.floats().limit() / batch.frames();
            return IntStream.range(0, batch.frames())
                    .mapToObj(i -> new float[] {
                        batch.floats().get(i * elements), batch.floats().get((i + 1) * elements - 1)
                    })
                    .toList();
        }

        @Override
        public void close() {}
    }
}
