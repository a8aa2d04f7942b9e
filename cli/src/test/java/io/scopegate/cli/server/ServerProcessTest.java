package io.scopegate.cli.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.scopegate.bundle.file.FileTree;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Starts stand-ins for a server as processes, and checks how they are stopped and what is reported of them. */
@Timeout(60)
class ServerProcessTest {

    private static final int KILLED = 137;

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

    /** Its folder could not be deleted completely while it still writes there. */
    @Test
    void aServerHasEndedWhenItsStopWasInterrupted() throws Exception {
        ServerProcess server = ServerProcess.start(Large.class);
        Thread.currentThread().interrupt();

        assertThatThrownBy(server::close).isInstanceOf(InterruptedException.class);

        assertThat(server.exitStatus()).isEqualTo(KILLED);
    }

    @Test
    void theReportOfACrashIsKeptAndNamedAndNotInTheFolderOfTheCaller() throws Exception {
        ServerProcess server = ServerProcess.start(Crashing.class, Duration.ofSeconds(50));

        Throwable fault = catchThrowable(server::close);

        assertThat(fault).hasMessageContaining("; crash report: ");
        Path report = Path.of(String.valueOf(fault).replaceAll("(?s).*; crash report: (.*?); end of its log:.*", "$1"));
        Path folder = Objects.requireNonNull(report.getParent());
        try {
            assertThat(report).isNotEmptyFile();
            assertThat(folder).hasParent(Path.of(System.getProperty("java.io.tmpdir")));
        } finally {
            FileTree.delete(folder);
        }
    }

    /** Crashes the JVM when it is told to stop, as native code may at any time. */
    static final class Crashing {

        private Crashing() {}

        public static void main(String[] arguments) throws InterruptedException {
            Runtime.getRuntime().addShutdownHook(new Thread(Crashing::crash));
            Obedient.main(arguments);
        }

        private static void crash() {
            try {
                long pid = ProcessHandle.current().pid();
                new ProcessBuilder("sh", "-c", "kill -SEGV " + pid).start().waitFor();
                Unstoppable.stay();
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Never finishes its shutdown. */
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

    /** Needs a while to end even if it is killed, because the system has to free its memory. */
    static final class Large {

        private Large() {}

        public static void main(String[] arguments) throws InterruptedException {
            byte[] memory = new byte[400 << 20];
            try {
                Unstoppable.main(arguments);
            } finally {
                Reference.reachabilityFence(memory);
            }
        }
    }

    /** Reports that it is ready, and runs until it is told to stop. */
    static final class Obedient {

        private Obedient() {}

        public static void main(String[] arguments) throws InterruptedException {
            System.out.println("scopegate ready grpc=127.0.0.1:1");
            new CountDownLatch(1).await();
        }
    }
}
