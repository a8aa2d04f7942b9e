package io.scopegate.server.infer;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.server.testing.Hoard;
import io.scopegate.server.testing.LogLines;
import io.scopegate.server.testing.StarvedProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class OngoingFaultTest {

    private static final int THREADS = 8;

    private final OngoingFault fault = OngoingFault.of(OngoingFaultTest.class, "it fails");

    @Test
    void faultIsLoggedAgainOnlyAfterItWasOver() {
        try (LogLines log = new LogLines(OngoingFaultTest.class)) {
            fault.over();
            fault.say(new IllegalStateException("first"));
            fault.say(new IllegalStateException("second"));
            assertThat(log.containing("it fails")).hasSize(1);

            fault.over();
            fault.say(new IllegalStateException("third"));

            assertThat(log.containing("it fails")).hasSize(2);
        }
    }

    @Test
    void concurrentFaultIsLoggedOnce() throws InterruptedException {
        try (LogLines log = new LogLines(OngoingFaultTest.class)) {
            for (int round = 1; round <= 200; round++) {
                failTogether();

                assertThat(log.containing("it fails")).hasSize(round);
                fault.over();
            }
        }
    }

    /**
     * Reporting a fault must not throw if there is no memory. The first report matters most, because the JVM may still
     * have to link the code that it calls.
     */
    @Test
    void loggingAFaultDoesNotThrowWithoutMemory() throws Exception {
        StarvedProcess.of(Starving.class, "").assertSaid("not thrown");
    }

    private void failTogether() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    go.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                fault.say(new IllegalStateException("together"));
            }));
        }
        go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** The program whose memory is taken away. */
    static final class Starving {

        private Starving() {}

        public static void main(String[] arguments) {
            OngoingFault fault = OngoingFault.of(Starving.class, "it fails");
            OutOfMemoryError happened = new OutOfMemoryError();
            Hoard hoard = new Hoard();
            hoard.takeAllBut(0);
            hoard.giveBack();
            boolean thrown = false;
            hoard.takeAllBut(0);
            try {
                fault.say(happened);
            } catch (OutOfMemoryError e) {
                thrown = true;
            } finally {
                hoard.giveBack();
            }
            System.out.print(thrown ? "thrown" : "not thrown");
        }
    }
}
