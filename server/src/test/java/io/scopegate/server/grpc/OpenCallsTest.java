package io.scopegate.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenCallsTest {

    private final OpenCalls calls = CallFixtures.calls();
    private final List<String> told = new ArrayList<>();

    @Test
    void drainReachesOtherCallsWhenOneCallThrows() throws Exception {
        calls.enter(new Starved(), CallFixtures.CALLER);
        calls.enter(new Told(), CallFixtures.CALLER);

        calls.drain(Duration.ZERO);

        assertThat(told).containsExactly("drain", "cut off");
    }

    /** A signal and the shutdown both ask for it. A call that never leaves would take the drain time twice. */
    @Test
    void whatIsDrainedTwiceIsToldOnce() throws Exception {
        calls.enter(new Told(), CallFixtures.CALLER);

        calls.drain(Duration.ZERO);
        calls.drain(Duration.ZERO);

        assertThat(told).containsExactly("drain", "cut off");
    }

    /** A call that cannot be told to end, as if there were no memory left for a message. */
    private static final class Starved implements OpenCall {
        @Override
        public void drain(Duration timeLeft) {
            throw new OutOfMemoryError("no heap for a message");
        }

        @Override
        public void cutOff() {
            throw new IllegalStateException("no memory for a status");
        }
    }

    private final class Told implements OpenCall {
        @Override
        public void drain(Duration timeLeft) {
            told.add("drain");
        }

        @Override
        public void cutOff() {
            told.add("cut off");
        }
    }
}
