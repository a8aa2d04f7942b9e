package io.scopegate.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.stub.StreamObserver;
import io.scopegate.proto.v1.ClassifyStreamResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class CreditsPropertyTest {

    @Property(tries = 60)
    void unansweredFramesNeverExceedCreditsAndAnswersKeepTheirOrder(
            @ForAll @IntRange(min = 1, max = 8) int credits,
            @ForAll @IntRange(min = 1, max = 60) int frames,
            @ForAll long seed) {
        Hoarder hoarder = new Hoarder(credits, new Random(seed));
        List<Long> answered = new CopyOnWriteArrayList<>();
        var options = StreamOptions.of("tower-1", FrameFormat.jpeg())
                .onAnswer(answer -> answered.add(answer.frameId()))
                .build();

        try (hoarder;
                var server = FakeClassifier.accepting(credits, hoarder::take)
                        .onHalfClose(ignored -> hoarder.answer(frames));
                var client = server.client();
                var stream = client.open(options)) {
            hoarder.start();
            for (long id = 1; id <= frames; id++) {
                stream.send(Frame.encoded(id, Instant.EPOCH, new byte[] {1}));
            }
            stream.finish();
            stream.awaitEnd(Duration.ofSeconds(20));
        }

        assertThat(hoarder.most()).isLessThanOrEqualTo(credits);
        assertThat(answered).isEqualTo(LongStream.rangeClosed(1, frames).boxed().toList());
    }

    /**
     * Answers on a thread of its own, as a server does, and only while the sender waits. A sender that does not wait
     * for credits would therefore be seen to have more frames unanswered than credits.
     */
    private static final class Hoarder implements AutoCloseable {
        private final Thread sender = Thread.currentThread();
        private final int credits;
        private final Random random;
        private final Deque<Long> unanswered = new ArrayDeque<>();
        private final Thread answers = new Thread(this::answerWhileTheSenderWaits);
        private Optional<StreamObserver<ClassifyStreamResponse>> device = Optional.empty();
        private int most;
        private volatile boolean closed;

        Hoarder(int credits, Random random) {
            this.credits = credits;
            this.random = random;
        }

        void start() {
            answers.start();
        }

        synchronized void take(long id, StreamObserver<ClassifyStreamResponse> client) {
            device = Optional.of(client);
            unanswered.add(id);
            most = Math.max(most, unanswered.size());
        }

        private void answerWhileTheSenderWaits() {
            while (!closed) {
                if (sender.getState() == Thread.State.WAITING || sender.getState() == Thread.State.TIMED_WAITING) {
                    answer(1 + random.nextInt(credits));
                }
                Thread.onSpinWait();
            }
        }

        synchronized void answer(int atMost) {
            for (int i = 0; i < atMost && !unanswered.isEmpty(); i++) {
                device.orElseThrow().onNext(Replies.inBody(unanswered.remove()));
            }
        }

        synchronized int most() {
            return most;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
