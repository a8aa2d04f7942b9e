package io.scopegate.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.inference.InferenceSession;
import io.scopegate.inference.InputBatch;
import io.scopegate.server.testing.FakeSession;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SessionCloserTest {

    private final SessionCloser closer = new SessionCloser();
    private final ModelSlot slot = new ModelSlot(null);

    /**
     * A frame holds the last lease of a replaced model. When it closes the lease, the closer's own thread closes the
     * session, and the frame's thread does not wait.
     */
    @Test
    void lastLeaseHolderDoesNotWaitForTheSessionToClose() {
        SlowToClose replaced = new SlowToClose();
        slot.serve(ModelSlots.model(replaced, closer));
        ModelLease frame = Objects.requireNonNull(slot.lease());

        slot.serve(ModelSlots.model(FakeSession.giving(1, 0), closer));
        frame.close();

        assertThat(replaced.closed.get()).isNull();
        replaced.mayClose.countDown();
        closer.close();
        assertThat(replaced.closed.get()).isEqualTo("model-closer");
    }

    /** A session that is released before the closer is closed has been closed when {@code close} returns. */
    @Test
    void sessionReleasedAtStopIsClosedBeforeTheStopEnds() {
        FakeSession session = FakeSession.giving(1, 0);
        slot.serve(ModelSlots.model(session, closer));

        slot.close();
        closer.close();

        assertThat(session.closed()).isTrue();
    }

    /** A session that is released after the closer was closed is closed by the thread that releases it. */
    @Test
    void sessionReleasedAfterStopIsClosedByItsReleaser() {
        FakeSession session = FakeSession.giving(1, 0);
        slot.serve(ModelSlots.model(session, closer));

        closer.close();
        slot.close();

        assertThat(session.closed()).isTrue();
    }

    @Test
    void aNetworkThatCannotBeClosedDoesNotHinderTheNext() {
        slot.serve(ModelSlots.model(FakeSession.giving(1, 0).failingToClose(), closer));
        FakeSession next = FakeSession.giving(1, 0);

        slot.serve(ModelSlots.model(next, closer));
        slot.close();
        closer.close();

        assertThat(next.closed()).isTrue();
    }

    /** A session whose close waits for the test, and which records the thread that closed it. */
    private static final class SlowToClose implements InferenceSession {

        private final CountDownLatch mayClose = new CountDownLatch(1);
        private final AtomicReference<@Nullable String> closed = new AtomicReference<>();

        @Override
        public List<float[]> run(InputBatch batch) {
            throw new AssertionError("it is not run");
        }

        @Override
        public void close() {
            try {
                mayClose.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            closed.set(Thread.currentThread().getName());
        }
    }
}
