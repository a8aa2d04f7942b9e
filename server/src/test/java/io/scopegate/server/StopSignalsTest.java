package io.scopegate.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StopSignalsTest {

    private final StopSignals signals = new StopSignals();
    private final AtomicInteger stops = new AtomicInteger();
    private final CountDownLatch stopped = new CountDownLatch(1);

    @Test
    void aSignalStopsWhatHasStarted() throws InterruptedException {
        assertThat(signals.handOver(this::stop)).isTrue();
        assertThat(stops).hasValue(0);

        signals.hear("TERM");

        awaitStop();
    }

    @Test
    void oneThatCameDuringTheStartIsHeededOnceThatHasEnded() throws InterruptedException {
        signals.hear("INT");

        assertThat(signals.handOver(this::stop)).isFalse();

        awaitStop();
    }

    @Test
    void theServerIsStoppedOnce() throws InterruptedException {
        signals.hear("TERM");
        signals.hear("TERM");
        signals.handOver(this::stop);
        signals.hear("INT");

        awaitStop();

        assertThat(stops).hasValue(1);
    }

    private void stop() {
        stops.incrementAndGet();
        stopped.countDown();
    }

    private void awaitStop() throws InterruptedException {
        assertThat(stopped.await(60, TimeUnit.SECONDS)).isTrue();
    }
}
