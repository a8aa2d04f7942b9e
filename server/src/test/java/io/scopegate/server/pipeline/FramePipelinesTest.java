package io.scopegate.server.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.bundle.frame.FrameLimits;
import io.scopegate.inference.InferenceSession;
import io.scopegate.inference.InputBatch;
import io.scopegate.server.admission.DeliveryPolicy;
import io.scopegate.server.frame.FrameAnswer;
import io.scopegate.server.frame.FrameOutcome.Classified;
import io.scopegate.server.frame.ServerClock;
import io.scopegate.server.infer.TensorPool;
import io.scopegate.server.model.ModelSlot;
import io.scopegate.server.model.ModelSlots;
import io.scopegate.server.model.Models;
import io.scopegate.server.model.NamedModel;
import io.scopegate.server.testing.FakeSession;
import io.scopegate.server.testing.Frames;
import io.scopegate.server.testing.HeldSession;
import io.scopegate.server.verdict.VerdictPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FramePipelinesTest {

    private static final int TENSORS = 3;
    private static final int FRAMES = 20;
    private static final long PATIENCE_SECONDS = 60;
    private static final PipelineSettings ONE =
            new PipelineSettings(1, 1, Duration.ZERO, FrameLimits.DEFAULT, Long.MAX_VALUE, Long.MAX_VALUE);

    private final ServerClock clock = ServerClock.system();
    private final HeldSession held = new HeldSession();
    private final TensorPool heldTensors = ModelSlots.tensors(TENSORS);
    private final TensorPool freeTensors = ModelSlots.tensors(TENSORS);
    private final ModelSlot stuck = ModelSlots.named("stuck", held, heldTensors);
    private final ModelSlot free = ModelSlots.named("free", FakeSession.giving(0, 5), freeTensors);
    private final Models models = ModelSlots.models(clock, stuck, free);

    @Test
    void aRunThatDoesNotReturnHoldsUpNoFrameOfAnotherModel() throws InterruptedException {
        List<Client> waiting = new ArrayList<>();
        List<Client> judged = new ArrayList<>();
        try (FramePipelines pipelines = new FramePipelines(models, ONE, clock)) {
            pipelines.start();
            for (int i = 0; i < 2 * TENSORS; i++) {
                waiting.add(new Client(pipelines, models.all().getFirst()));
                judged.add(new Client(pipelines, models.all().getLast()));
            }
            waiting.forEach(Client::sendAll);
            judged.forEach(Client::sendAll);

            for (Client client : judged) {
                client.awaitEnd();
            }
            held.letGo();
            for (Client client : waiting) {
                client.awaitEnd();
            }
        }

        assertThat(judged)
                .allSatisfy(client -> assertThat(client.answers)
                        .extracting(FrameAnswer::outcome)
                        .allSatisfy(outcome -> assertThat(outcome)
                                .isInstanceOfSatisfying(
                                        Classified.class,
                                        classified -> assertThat(
                                                        classified.model().name())
                                                .isEqualTo("free"))));
        assertThat(judged).allSatisfy(Client::assertThatAllIsAnsweredInOrder);
        assertThat(waiting).allSatisfy(Client::assertThatAllIsAnsweredInOrder);
        assertThat(heldTensors.available()).isEqualTo(TENSORS);
        assertThat(freeTensors.available()).isEqualTo(TENSORS);
    }

    @Test
    void threadsAreNamedAfterTheirModel() throws InterruptedException {
        try (FramePipelines pipelines = new FramePipelines(models, ONE, clock)) {
            pipelines.start();

            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .contains(
                            "frame-worker-0 of stuck",
                            "inference-0 of stuck",
                            "inference-watch of stuck",
                            "frame-worker-0 of free",
                            "inference-0 of free",
                            "inference-watch of free");
        }
    }

    @Test
    @Timeout(PATIENCE_SECONDS)
    void threadsThatDoNotReturnAreWaitedForTogether() throws Exception {
        Native first = new Native();
        Native second = new Native();
        Models both = ModelSlots.models(
                clock, ModelSlots.named("first", first, heldTensors), ModelSlots.named("second", second, freeTensors));
        MovedClock moved = new MovedClock();
        Duration patience = Duration.ofHours(1);
        FramePipelines pipelines = new FramePipelines(both, ONE, moved, patience);
        pipelines.start();
        for (NamedModel model : both.all()) {
            new Client(pipelines, model).sendAll();
        }
        first.begun.await();
        second.begun.await();
        CompletableFuture<Void> closed = new CompletableFuture<>();
        Thread closing = Thread.ofPlatform().daemon().start(() -> close(pipelines, closed));
        while (closing.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }

        moved.nanos.addAndGet(patience.toNanos());
        first.held.countDown();

        closed.get();
        assertThat(second.held.getCount()).isOne();
        second.held.countDown();
    }

    private static void close(FramePipelines pipelines, CompletableFuture<Void> closed) {
        try {
            pipelines.close();
            closed.complete(null);
        } catch (InterruptedException | RuntimeException | Error e) {
            closed.completeExceptionally(e);
        }
    }

    /** The system's clock, whose steady time the test can move forward. */
    private static final class MovedClock implements ServerClock {

        private final ServerClock system = ServerClock.system();
        private final AtomicLong nanos = new AtomicLong();

        @Override
        public Instant wallTime() {
            return system.wallTime();
        }

        @Override
        public long nanoTime() {
            return system.nanoTime() + nanos.get();
        }
    }

    /** A session that holds every run until the test lets it go. Like native code, it ignores interrupts. */
    private static final class Native implements InferenceSession {

        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch held = new CountDownLatch(1);

        @Override
        public List<float[]> run(InputBatch batch) {
            begun.countDown();
            boolean interrupted = false;
            while (held.getCount() > 0) {
                try {
                    held.await();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            return Collections.nCopies(batch.frames(), new float[] {0, 5});
        }

        @Override
        public void close() {}
    }

    /** A client that sends all frames at once and collects the answers. */
    private final class Client implements AnswerSink {

        private final FrameStream stream;
        private final List<FrameAnswer> answers = new ArrayList<>();
        private final CountDownLatch finished = new CountDownLatch(1);

        Client(FramePipelines pipelines, NamedModel model) {
            stream = pipelines.of(model).open(Frames.terms(DeliveryPolicy.BLOCK), VerdictPolicy.SINGLE_FRAME, this);
        }

        void sendAll() {
            for (int id = 1; id <= FRAMES; id++) {
                stream.admit(Frames.now(id, clock));
            }
            stream.finish();
        }

        @Override
        public void answer(FrameAnswer answer) {
            answers.add(answer);
        }

        @Override
        public void finished() {
            finished.countDown();
        }

        @Override
        public void broken() {
            throw new AssertionError("every answer can be made");
        }

        void awaitEnd() throws InterruptedException {
            assertThat(finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        }

        void assertThatAllIsAnsweredInOrder() {
            assertThat(answers)
                    .extracting(answer -> answer.header().id())
                    .isEqualTo(LongStream.rangeClosed(1, FRAMES).boxed().toList());
        }
    }
}
