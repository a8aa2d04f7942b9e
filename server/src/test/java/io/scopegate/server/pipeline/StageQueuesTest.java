package io.scopegate.server.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.bundle.frame.FrameFormat;
import io.scopegate.bundle.frame.FrameLimits;
import io.scopegate.bundle.frame.FramePlane;
import io.scopegate.bundle.frame.PixelFormat;
import io.scopegate.server.admission.DeliveryPolicy;
import io.scopegate.server.frame.Frame;
import io.scopegate.server.frame.ServerClock;
import io.scopegate.server.infer.TensorLease;
import io.scopegate.server.infer.TensorPool;
import io.scopegate.server.model.ModelSlot;
import io.scopegate.server.model.ModelSlots;
import io.scopegate.server.pipeline.StageQueues.InferenceTurn;
import io.scopegate.server.pipeline.StageQueues.InferenceTurn.Judge;
import io.scopegate.server.pipeline.StageQueues.InferenceTurn.Prepare;
import io.scopegate.server.testing.CollectedAnswers;
import io.scopegate.server.testing.FakeSession;
import io.scopegate.server.testing.Frames;
import io.scopegate.server.testing.Watchdogs;
import io.scopegate.server.verdict.VerdictPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Tests which thread gets which stream: a worker, or an inference thread, which also decodes while no worker is busy.
 */
@Timeout(60)
class StageQueuesTest {

    private static final int TENSORS = 2;
    private static final long PATIENCE_SECONDS = 20;

    private final ServerClock clock = ServerClock.system();
    private final TensorPool tensors = ModelSlots.tensors(TENSORS);
    private final CollectedAnswers answers = new CollectedAnswers();
    private final DecodeTools tools = new DecodeTools(FrameLimits.DEFAULT, new PictureArrayPool(Long.MAX_VALUE));
    private final FakeSession session = FakeSession.giving(5, 0);
    private final ModelSlot slot = ModelSlots.serving(session, tensors);
    private final FramePipeline pipeline =
            new FramePipeline(slot, clock, Watchdogs.of(clock), new WaitingPictureLimit(Long.MAX_VALUE));
    private final StageQueues queues = pipeline.queues();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        threads.shutdownNow();
        tools.close();
    }

    @Test
    void aFrameThatComesAloneIsPreparedByTheThreadThatJudgesIt() throws InterruptedException {
        FrameStream stream = withFrame(1);

        assertThat(queues.pollForInference(Duration.ZERO)).isEqualTo(new Prepare(stream));
        pipeline.prepareIfRoom(stream, tools);
        assertThat(queues.pollForInference(Duration.ZERO)).isEqualTo(new Judge(stream));
        pipeline.judge(stream, new BatchTools(Duration.ZERO));

        assertThat(answers.ids()).containsExactly(1L);
        assertThat(queues.pollForInference(Duration.ZERO)).isNull();
    }

    @Test
    void encodedAndLargeFramesAreLeftToWorkers() throws InterruptedException {
        FrameStream encoded = stream();
        encoded.admit(new Frame(
                Frames.header(1, null, clock),
                FrameFormat.encoded(PixelFormat.JPEG),
                List.of(FramePlane.of(new byte[12]))));
        FrameStream large = stream();
        large.admit(new Frame(
                Frames.header(1, null, clock),
                FrameFormat.of(PixelFormat.RGB8, 1280, 720),
                List.of(FramePlane.of(new byte[1280 * 720 * 3]))));

        assertThat(queues.pollForInference(Duration.ZERO)).isNull();
        assertThat(queues.takeForWorker()).isSameAs(encoded);
        queues.workerDone();
        assertThat(queues.pollForInference(Duration.ZERO)).isNull();
        assertThat(queues.takeForWorker()).isSameAs(large);
    }

    @Test
    void whileAWorkerIsAtWorkFramesAreLeftToWorkers() throws InterruptedException {
        FrameStream first = withFrame(1);
        assertThat(queues.takeForWorker()).isSameAs(first);
        FrameStream second = withFrame(1);

        assertThat(queues.pollForInference(Duration.ZERO)).isNull();
        queues.workerDone();
        assertThat(queues.pollForInference(Duration.ZERO)).isEqualTo(new Prepare(second));
    }

    @Test
    void aTensorIsJudgedBeforeAFrameIsPrepared() throws InterruptedException {
        FrameStream prepared = withFrame(1);
        pipeline.prepare(queues.takeForWorker(), tools);
        queues.workerDone();
        FrameStream arrived = withFrame(1);

        assertThat(queues.pollForInference(Duration.ZERO)).isEqualTo(new Judge(prepared));
        assertThat(queues.pollForInference(Duration.ZERO)).isEqualTo(new Prepare(arrived));
    }

    @Test
    void withoutAFreeTensorTheFrameIsLeftToAWorkerWhoWaitsForOne() throws InterruptedException {
        List<TensorLease> taken = List.of(tensors.acquire(), tensors.acquire());
        FrameStream stream = withFrame(1);
        queues.pollForInference(Duration.ZERO);

        pipeline.prepareIfRoom(stream, tools);

        assertThat(answers.ids()).isEmpty();
        assertThat(queues.pollForInference(Duration.ZERO)).isNull();
        FrameStream next = queues.takeForWorker();
        assertThat(next).isSameAs(stream);
        taken.forEach(TensorLease::close);
        pipeline.prepare(next, tools);
        queues.workerDone();
        assertThat(queues.pollForInference(Duration.ZERO)).isEqualTo(new Judge(stream));
    }

    @Test
    void onlyTheFrameForWhichThereWasNoTensorIsLeftToAWorker() throws InterruptedException {
        withoutATensor(withFrame(1));
        queues.takeForWorker();
        queues.workerDone();

        FrameStream later = withFrame(1);

        assertThat(queues.pollForInference(Duration.ZERO)).isEqualTo(new Prepare(later));
    }

    @Test
    void aFrameForWhichThereWasNoTensorKeepsNoModel() throws InterruptedException {
        withoutATensor(withFrame(1));

        slot.close();

        assertThat(session.closed()).isTrue();
    }

    @Test
    void aFrameForWhichAnInferenceThreadIsWokenUpGoesToAWorkerIfThereIsATensorByThen() throws Exception {
        for (int round = 0; round < 2_000; round++) {
            Future<FrameStream> worker = threads.submit(queues::takeForWorker);
            Future<InferenceTurn> inference =
                    threads.submit(() -> queues.pollForInference(Duration.ofSeconds(PATIENCE_SECONDS)));
            FrameStream toDecode = stream();
            FrameStream toJudge = stream();
            queues.decode().ask(toDecode);
            queues.infer().ask(toJudge);

            List<InferenceTurn> served = new ArrayList<>();
            served.add(inference.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
            if (served.contains(new Prepare(toDecode))) {
                served.add(queues.pollForInference(Duration.ZERO));
                queues.decode().ask(toDecode);
            }
            assertThat(served).contains(new Judge(toJudge));
            assertThat(worker.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isSameAs(toDecode);
            queues.workerDone();
        }
    }

    /** Lets an inference thread take the turn of this stream while there is no tensor for its frame. */
    private void withoutATensor(FrameStream stream) throws InterruptedException {
        List<TensorLease> taken = List.of(tensors.acquire(), tensors.acquire());
        assertThat(queues.pollForInference(Duration.ZERO)).isEqualTo(new Prepare(stream));
        pipeline.prepareIfRoom(stream, tools);
        taken.forEach(TensorLease::close);
    }

    private FrameStream stream() {
        return pipeline.open(Frames.terms(DeliveryPolicy.BLOCK), VerdictPolicy.SINGLE_FRAME, answers);
    }

    private FrameStream withFrame(int id) {
        FrameStream stream = stream();
        stream.admit(Frames.now(id, clock));
        return stream;
    }
}
