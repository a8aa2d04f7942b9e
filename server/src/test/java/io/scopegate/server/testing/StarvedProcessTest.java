package io.scopegate.server.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class StarvedProcessTest {

    @Test
    void outputIsComparedExactlyAndErrorsAreShown() throws Exception {
        StarvedProcess process = StarvedProcess.of(Program.class, "end");

        process.assertSaid("said");
        assertThatThrownBy(() -> process.assertSaid("else"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("its output: said; its errors: complained");
    }

    @Test
    void aProgramThatFailsIsNotTakenForOneThatHasSaidAll() throws Exception {
        StarvedProcess process = StarvedProcess.of(Program.class, "fail");

        assertThatThrownBy(() -> process.assertSaid("said"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("of its own");
    }

    @Test
    void aProgramThatDoesNotEndIsKilled() throws Exception {
        StarvedProcess process = StarvedProcess.of(Program.class, "wait", Duration.ZERO);

        assertThatThrownBy(() -> process.assertSaid("said"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("ended in time");
    }

    /** The program that the tests run. */
    static final class Program {

        private Program() {}

        public static void main(String[] arguments) throws InterruptedException {
            System.out.print("said");
            System.err.print("complained");
            switch (arguments[0]) {
                case "fail" -> throw new IllegalStateException("of its own");
                case "wait" -> new CountDownLatch(1).await();
                default -> {}
            }
        }
    }
}
