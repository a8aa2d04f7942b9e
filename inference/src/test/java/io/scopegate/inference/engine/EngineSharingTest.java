package io.scopegate.inference.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EngineSharingTest {

    private static final EngineKey KEY = SampleEngine.key();

    @TempDir
    Path directory;

    @Test
    void secondBuilderWaitsAndFindsTheFirstEngine() throws Exception {
        CountDownLatch waited = new CountDownLatch(1);
        CountDownLatch building = new CountDownLatch(1);
        EngineStore first = store(_ -> {});
        EngineStore second = store(_ -> waited.countDown());

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Path> built = threads.submit(() -> first.build(KEY, into -> {
                building.countDown();
                waited.await();
                SampleEngine.build(into);
            }));
            building.await();
            Path found = second.build(KEY, _ -> fail("built twice"));

            assertThat(found).isEqualTo(built.get());
        }
    }

    @Test
    void secondBuilderBuildsIfTheFirstFails() throws Exception {
        CountDownLatch waited = new CountDownLatch(1);
        CountDownLatch building = new CountDownLatch(1);
        EngineStore first = store(_ -> {});
        EngineStore second = store(_ -> waited.countDown());

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Path> failed = threads.submit(() -> first.build(KEY, _ -> {
                building.countDown();
                waited.await();
                throw new IOException("out of memory");
            }));
            building.await();

            assertThat(second.build(KEY, SampleEngine::build)).isDirectory();
            assertThatThrownBy(failed::get).hasRootCauseMessage("out of memory");
        }
    }

    @Test
    void anotherProcessIsWaitedFor() throws Exception {
        Process other = holdElsewhere();
        EngineStore store = store(_ -> letGo(other));

        assertThat(store.build(KEY, SampleEngine::build)).isDirectory();
        assertThat(other.waitFor()).isZero();
    }

    @Test
    void lockOfAKilledProcessIsReleased() throws Exception {
        Process other = holdElsewhere();
        EngineStore store = store(_ -> other.destroyForcibly());

        assertThat(store.build(KEY, SampleEngine::build)).isDirectory();
    }

    @Test
    void interruptedWaitFailsAndKeepsTheInterruptFlag() throws Exception {
        CountDownLatch building = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Path> built = threads.submit(() -> store(_ -> {}).build(KEY, into -> {
                building.countDown();
                done.await();
                SampleEngine.build(into);
            }));
            building.await();
            EngineStore second = store(_ -> Thread.currentThread().interrupt());

            assertThatThrownBy(() -> second.build(KEY, SampleEngine::build))
                    .hasMessageContaining("interrupted while waiting")
                    .hasCauseInstanceOf(InterruptedIOException.class);
            assertThat(Thread.interrupted()).isTrue();
            done.countDown();
            assertThat(built.get()).isDirectory();
        }
    }

    private EngineStore store(Consumer<String> report) {
        return new EngineStore(directory, Clock.systemUTC(), report);
    }

    /** Starts a process that holds the key's lock until its input ends. */
    private Process holdElsewhere() throws Exception {
        Path lock = directory.resolve("." + KEY.directoryName() + ".lock");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        lock.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.getInputStream().read()).isEqualTo(Holder.HOLDS);
        return process;
    }

    private static void letGo(Process process) {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The program that the other process runs. */
    static final class Holder {

        static final int HOLDS = 'h';

        private Holder() {}

        public static void main(String[] arguments) throws IOException {
            try (FileChannel channel =
                    FileChannel.open(Path.of(arguments[0]), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                channel.lock();
                System.out.write(HOLDS);
                System.out.flush();
                System.in.read();
            }
        }
    }
}
