package io.scopegate.server.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.scopegate.server.admission.DeliveryPolicy;
import io.scopegate.server.frame.ServerClock;
import io.scopegate.server.model.ModelSlots;
import io.scopegate.server.testing.CollectedAnswers;
import io.scopegate.server.testing.FakeSession;
import io.scopegate.server.testing.Frames;
import io.scopegate.server.testing.Watchdogs;
import io.scopegate.server.verdict.VerdictPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.ReentrantLock;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tests in which order streams take turns. */
class StreamQueueTest {

    private final StreamQueue queue = emptyQueue();

    @Test
    void aStreamWhoseNextFrameComesLateHasItsTurnInTheSameRound() throws InterruptedException {
        FrameStream late = stream();
        FrameStream second = stream();
        FrameStream third = stream();
        List.of(late, second, third).forEach(queue::ask);
        assertThat(next()).isSameAs(late);
        assertThat(next()).isSameAs(second);
        assertThat(next()).isSameAs(third);
        queue.ask(second);
        queue.ask(third);
        assertThat(next()).isSameAs(second);
        queue.ask(second);

        queue.ask(late);

        assertThat(all()).containsExactly(third, late, second);
    }

    @Test
    void newStreamsWaitForTheNextRound() throws InterruptedException {
        FrameStream first = stream();
        FrameStream second = stream();
        queue.ask(first);
        queue.ask(second);
        assertThat(next()).isSameAs(first);
        queue.ask(first);

        FrameStream newest = stream();
        queue.ask(newest);

        assertThat(all()).containsExactly(second, first, newest);
    }

    @Test
    void aStreamThatHasPausedIsServedInThePresentRound() throws InterruptedException {
        FrameStream paused = stream();
        FrameStream busy = stream();
        FrameStream other = stream();
        List.of(paused, busy, other).forEach(queue::ask);
        all();
        for (int round = 0; round < 5; round++) {
            queue.ask(busy);
            queue.ask(other);
            assertThat(next()).isSameAs(busy);
            assertThat(next()).isSameAs(other);
        }
        queue.ask(busy);

        queue.ask(paused);

        assertThat(all()).containsExactly(paused, busy);
    }

    @Test
    void aStreamThatCouldNotUseItsTurnHasTheNext() throws InterruptedException {
        FrameStream first = stream();
        FrameStream second = stream();
        queue.ask(first);
        queue.ask(second);

        assertThat(next()).isSameAs(first);
        queue.putBack(first);

        assertThat(all()).containsExactly(first, second);
    }

    @Test
    void aStreamThatAsksTwiceHasOneTurn() throws InterruptedException {
        FrameStream stream = stream();
        queue.ask(stream);
        queue.ask(stream);

        assertThat(queue.waiting()).isOne();
        assertThat(all()).containsExactly(stream);
    }

    /** Each stream sends as many frames, from another moment on, and together they send more than can be served. */
    @Property(tries = 50)
    void streamsHaveEqualSharesWheneverTheirFramesCome(
            @ForAll @IntRange(min = 2, max = 8) int streams,
            @ForAll @DoubleRange(min = 1.1, max = 4) double overload,
            @ForAll long seed)
            throws InterruptedException {
        int turnsEach = 500;

        int[] served = new Overload(streams, overload, new Random(seed)).serve(turnsEach * streams);

        assertThat(Arrays.stream(served).boxed())
                .allSatisfy(turns -> assertThat(turns).isCloseTo(turnsEach, withinPercentage(5)));
    }

    @Property(tries = 50)
    void aSlowStreamHasATurnForEachFrame(@ForAll @IntRange(min = 2, max = 8) int streams, @ForAll long seed)
            throws InterruptedException {
        Overload overload = new Overload(streams, 2, new Random(seed));
        // The others leave it a turn in each round; it sends a frame every two rounds.
        overload.interval[0] = 2.0 * streams;

        int[] served = overload.serve(1_000);

        assertThat(served[0]).isBetween(overload.sent[0] - 1, overload.sent[0]);
    }

    /** Streams that send frames at a steady rate to a server that takes about one unit of time for each. */
    private static final class Overload {

        private final StreamQueue queue = emptyQueue();
        private final List<FrameStream> streams = new ArrayList<>();
        private final double[] interval;
        private final double[] arrival;
        private final int[] sent;
        private final Random random;

        Overload(int count, double overload, Random random) {
            this.random = random;
            interval = new double[count];
            arrival = new double[count];
            sent = new int[count];
            for (int k = 0; k < count; k++) {
                streams.add(stream());
                interval[k] = count / overload;
                arrival[k] = random.nextDouble() * interval[k];
            }
        }

        /** Returns how many of the turns each stream had. */
        int[] serve(int turns) throws InterruptedException {
            int[] served = new int[streams.size()];
            double now = 0;
            while (Arrays.stream(served).sum() < turns) {
                arriveUntil(now);
                FrameStream next = queue.poll(Duration.ZERO);
                if (next == null) {
                    now = Arrays.stream(arrival).min().orElseThrow();
                } else {
                    served[streams.indexOf(next)]++;
                    now += 0.5 + random.nextDouble();
                }
            }
            return served;
        }

        private void arriveUntil(double now) {
            for (int k = earliest(); arrival[k] <= now; k = earliest()) {
                arrival[k] += interval[k];
                sent[k]++;
                queue.ask(streams.get(k));
            }
        }

        private int earliest() {
            int earliest = 0;
            for (int k = 1; k < arrival.length; k++) {
                earliest = arrival[k] < arrival[earliest] ? k : earliest;
            }
            return earliest;
        }
    }

    private static StreamQueue emptyQueue() {
        return new StreamQueue(new ReentrantLock(), () -> {}, FrameStream::inferEntry);
    }

    private @Nullable FrameStream next() throws InterruptedException {
        return queue.poll(Duration.ZERO);
    }

    private List<FrameStream> all() throws InterruptedException {
        List<FrameStream> all = new ArrayList<>();
        for (FrameStream next = next(); next != null; next = next()) {
            all.add(next);
        }
        return all;
    }

    private static FrameStream stream() {
        ServerClock clock = ServerClock.system();
        return new FramePipeline(
                        ModelSlots.serving(FakeSession.giving(5, 0), ModelSlots.tensors(1)),
                        clock,
                        Watchdogs.of(clock),
                        new WaitingPictureLimit(Long.MAX_VALUE))
                .open(Frames.terms(DeliveryPolicy.BLOCK), VerdictPolicy.SINGLE_FRAME, new CollectedAnswers());
    }
}
