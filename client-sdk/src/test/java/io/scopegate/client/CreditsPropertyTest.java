package io.scopegate.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.stub.StreamObserver;
import io.scopegate.proto.v1.ClassifyStreamResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class CreditsPropertyTest {

    @Property(tries = 60)
    void neverMoreFramesUnansweredThanCreditsAndEachAnsweredOnceInOrder(
            @ForAll @IntRange(min = 1, max = 8) int credits,
            @ForAll @IntRange(min = 1, max = 60) int frames,
            @ForAll long seed) {
        Hoarder hoarder = new Hoarder(credits, new Random(seed));
        List<Long> answered = new CopyOnWriteArrayList<>();
        var options = StreamOptions.of("tower-1", FrameFormat.jpeg())
                .onAnswer(answer -> answered.add(answer.frameId()))
                .build();

        try (var server = FakeClassifier.accepting(credits, hoarder::take).onHalfClose(hoarder::answerAll);
                var client = server.client();
                var stream = client.open(options)) {
            for (long id = 1; id <= frames; id++) {
                stream.send(Frame.encoded(id, Instant.EPOCH, new byte[] {1}));
            }
            stream.finish();
            stream.awaitEnd(Duration.ofSeconds(20));
        }

        assertThat(hoarder.most.get()).isLessThanOrEqualTo(credits);
        assertThat(answered).isEqualTo(LongStream.rangeClosed(1, frames).boxed().toList());
    }

    /** Keeps frames back for a random while, but never more than there are credits: the client could not go on. */
    private static final class Hoarder {
        final AtomicInteger most = new AtomicInteger();
        private final int credits;
        private final Random random;
        private final Deque<Long> kept = new ArrayDeque<>();

        Hoarder(int credits, Random random) {
            this.credits = credits;
            this.random = random;
        }

        void take(long id, StreamObserver<ClassifyStreamResponse> client) {
            kept.add(id);
            most.accumulateAndGet(kept.size(), Math::max);
            int answers = kept.size() == credits ? 1 + random.nextInt(kept.size()) : random.nextInt(kept.size() + 1);
            for (int i = 0; i < answers; i++) {
                client.onNext(Replies.inBody(kept.remove()));
            }
        }

        void answerAll(StreamObserver<ClassifyStreamResponse> client) {
            new ArrayList<>(kept).forEach(id -> client.onNext(Replies.inBody(id)));
        }
    }
}
