package io.scopegate.cli.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MetronomeTest {

    private static final Duration BEAT = Duration.ofMinutes(1);

    @Test
    void aThreadThatIsInterruptedWaitsForNoBeatAndStaysSo() throws InterruptedException {
        BlockingQueue<Boolean> interrupted = new LinkedBlockingQueue<>();

        Thread.ofPlatform().daemon().start(() -> {
            Thread.currentThread().interrupt();
            new Metronome(1.0 / BEAT.toSeconds()).await(1);
            interrupted.add(Thread.currentThread().isInterrupted());
        });

        assertThat(interrupted.poll(20, TimeUnit.SECONDS)).isTrue();
    }
}
