package io.scopegate.cli.server;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ServerProcessTest {

    @Test
    void aServerThatDoesNotStopIsKilledAndReportedWithTheEndOfItsLog() throws Exception {
        ServerProcess server = ServerProcess.start(Unstoppable.class, Duration.ZERO);

        assertThatThrownBy(server::close)
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("the server did not stop within 0 s and was killed; end of its log:\n")
                .hasMessageContaining("a word before, for a test");
    }

    @Test
    void aServerThatGoesWhenItIsToldToIsNoFault() throws Exception {
        ServerProcess server = ServerProcess.start(Obedient.class);

        assertThatCode(server::close).doesNotThrowAnyException();
    }

    /** Is not done with its shutdown, ever. */
    static final class Unstoppable {

        private Unstoppable() {}

        public static void main(String[] arguments) throws InterruptedException {
            Runtime.getRuntime().addShutdownHook(new Thread(Unstoppable::stay));
            System.out.println("a word before, for a test");
            Obedient.main(arguments);
        }

        private static void stay() {
            while (true) {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    continue;
                }
            }
        }
    }

    /** Runs until it is ended. */
    static final class Obedient {

        private Obedient() {}

        public static void main(String[] arguments) throws InterruptedException {
            System.out.println("scopegate ready grpc=127.0.0.1:1");
            new CountDownLatch(1).await();
        }
    }
}
