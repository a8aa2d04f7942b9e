package io.scopegate.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

/** Signals arrive before, during and after the start. What is begun is recorded, and not run. */
class StopSignalsTest {

    private final Deque<Runnable> begun = new ArrayDeque<>();
    private final StopSignals signals = new StopSignals(begun::add);
    private final Runnable stop = () -> {};

    @Test
    void aSignalStopsWhatHasStarted() {
        assertThat(signals.handOver(stop)).isTrue();
        assertThat(begun).isEmpty();

        signals.hear("TERM");

        assertThat(begun).containsExactly(stop);
    }

    @Test
    void signalDuringStartupIsAppliedAfterIt() {
        signals.hear("INT");

        assertThat(signals.handOver(stop)).isFalse();

        assertThat(begun).containsExactly(stop);
    }

    @Test
    void theServerIsStoppedOnce() {
        signals.hear("TERM");
        signals.hear("TERM");
        signals.handOver(stop);
        signals.hear("INT");

        assertThat(begun).containsExactly(stop);
    }

    @Test
    void failedStopIsRetriedByTheNextSignal() {
        Deque<Error> faults = new ArrayDeque<>();
        faults.add(new OutOfMemoryError("unable to create native thread"));
        StopSignals starved = new StopSignals(action -> {
            if (!faults.isEmpty()) {
                throw faults.remove();
            }
            begun.add(action);
        });
        starved.handOver(stop);

        assertThatThrownBy(() -> starved.hear("TERM")).isInstanceOf(OutOfMemoryError.class);
        starved.hear("TERM");

        assertThat(begun).containsExactly(stop);
    }
}
