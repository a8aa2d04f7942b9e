package io.scopegate.server.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.bundle.frame.FrameLimits;
import io.scopegate.server.admission.DeliveryPolicy;
import io.scopegate.server.frame.FrameAnswer;
import io.scopegate.server.frame.ServerClock;
import io.scopegate.server.infer.BatchLimits;
import io.scopegate.server.infer.TensorPool;
import io.scopegate.server.model.ModelSlot;
import io.scopegate.server.model.ModelSlots;
import io.scopegate.server.testing.FakeSessions;
import io.scopegate.server.testing.Frames;
import io.scopegate.server.testing.LogLines;
import io.scopegate.server.testing.Watchdogs;
import io.scopegate.server.verdict.VerdictPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PipelineThreadsTest {

    private static final int MAX_BATCH = 4;
    private static final int STREAMS = 8;
    private static final int FRAMES = 200;
    private static final long PATIENCE_SECONDS = 60;

    private final ServerClock clock = ServerClock.system();
    private final FakeSessions sessions = new FakeSessions();

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "1, 2", "2, 2"})
    void severalThreadsAnswerEveryFrameInOrderWhileModelsAreSwapped(int workers, int inference)
            throws InterruptedException {
        int places = Math.toIntExact(new BatchLimits(MAX_BATCH, inference, workers).tensors(MAX_BATCH));
        TensorPool tensors = ModelSlots.tensors(places);
        ModelSlot slot = ModelSlots.serving(sessions.opened(1), tensors, MAX_BATCH);
        FramePipeline pipeline =
                new FramePipeline(slot, clock, Watchdogs.of(clock), new WaitingPictureLimit(Long.MAX_VALUE));
        List<Client> clients = new ArrayList<>();
        PipelineThreads threads = new PipelineThreads(
                pipeline,
                ModelSlot.UNNAMED,
                new PipelineSettings(
                        workers, inference, Duration.ZERO, FrameLimits.DEFAULT, Long.MAX_VALUE, Long.MAX_VALUE),
                new PictureArrayPool(Long.MAX_VALUE),
                clock);
        try {
            threads.start();
            for (int i = 0; i < STREAMS; i++) {
                clients.add(new Client(pipeline, DeliveryPolicy.values()[i % 3]));
            }
            List<Thread> senders = clients.stream()
                    .map(client -> Thread.ofPlatform().start(() -> client.sendAll(clock)))
                    .toList();
            for (int version = 2; version <= 20; version++) {
                ModelSlots.serve(slot, version, sessions.opened(version), tensors, MAX_BATCH);
            }
            for (Thread sender : senders) {
                sender.join();
            }
            for (Client client : clients) {
                assertThat(client.finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS))
                        .isTrue();
            }
        } finally {
            threads.stop();
            threads.awaitEnd(clock.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS));
        }
        slot.close();

        assertThat(clients)
                .allSatisfy(client -> assertThat(client.ids)
                        .isEqualTo(LongStream.rangeClosed(1, FRAMES).boxed().toList()));
        assertThat(tensors.available()).isEqualTo(places);
        assertThat(sessions.open()).isZero();
    }

    /** Every look of the watching thread fails: that is logged once, and the thread still stops when told to. */
    @Test
    void aThreadWhoseStepsFailOneAfterTheOtherLogsThatOnceAndStops() throws InterruptedException {
        CountDownLatch failures = new CountDownLatch(3);
        AtomicBoolean started = new AtomicBoolean();
        ServerClock failing = new ServerClock() {
            @Override
            public Instant wallTime() {
                return clock.wallTime();
            }

            @Override
            public long nanoTime() {
                if (started.get()) {
                    failures.countDown();
                    throw new IllegalStateException("for a test");
                }
                return clock.nanoTime();
            }
        };
        ModelSlot slot = ModelSlots.loading();
        FramePipeline pipeline =
                new FramePipeline(slot, clock, Watchdogs.of(failing), new WaitingPictureLimit(Long.MAX_VALUE));
        started.set(true);
        PipelineThreads threads = new PipelineThreads(
                pipeline,
                ModelSlot.UNNAMED,
                new PipelineSettings(1, 1, Duration.ZERO, FrameLimits.DEFAULT, Long.MAX_VALUE, Long.MAX_VALUE),
                new PictureArrayPool(Long.MAX_VALUE),
                clock);
        try (LogLines log = new LogLines(PipelineThreads.class)) {
            threads.start();

            assertThat(failures.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();

            threads.stop();
            threads.awaitEnd(clock.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS));

            assertThat(log.containing("failed to process a frame")).hasSize(1);
            assertThat(log.containing("has not stopped")).isEmpty();
        } finally {
            started.set(false);
            threads.stop();
            slot.close();
        }
    }

    /** A client that sends without regard to credits and collects the answers. */
    private static final class Client implements AnswerSink {

        private final FrameStream stream;
        private final List<Long> ids = new ArrayList<>();
        private final CountDownLatch finished = new CountDownLatch(1);

        Client(FramePipeline pipeline, DeliveryPolicy policy) {
            this.stream = pipeline.open(Frames.terms(policy), VerdictPolicy.SINGLE_FRAME, this);
        }

        void sendAll(ServerClock clock) {
            for (int id = 1; id <= FRAMES; id++) {
                stream.admit(Frames.now(id, clock));
            }
            stream.finish();
        }

        @Override
        public void answer(FrameAnswer answer) {
            ids.add(answer.header().id());
        }

        @Override
        public void finished() {
            finished.countDown();
        }

        @Override
        public void broken() {
            throw new AssertionError("every answer can be made");
        }
    }
}
