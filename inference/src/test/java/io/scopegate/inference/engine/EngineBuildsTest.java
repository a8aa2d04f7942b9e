package io.scopegate.inference.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.scopegate.inference.engine.BuildEnd.Outcome;
import io.scopegate.inference.target.TargetUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EngineBuildsTest {

    private static final EngineKey KEY = SampleEngine.key();
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    Path directory;

    private final ManualBuildClock clock = new ManualBuildClock();
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final List<String> problems = Collections.synchronizedList(new ArrayList<>());
    private final BlockingQueue<BuildEnd> ends = new LinkedBlockingQueue<>();
    private final AtomicInteger builds = new AtomicInteger();
    private final CountDownLatch building = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final List<EngineBuilds> servers = new ArrayList<>();

    @AfterEach
    void close() {
        goOn.countDown();
        servers.forEach(EngineBuilds::close);
    }

    @Test
    void requestDoesNotWaitForTheBuildAndFindsItsEngineLater() throws Exception {
        EngineBuilds server = server();
        assertThatThrownBy(() -> server.ready(slow())).isInstanceOf(EnginePendingException.class);
        building.await();
        assertThatThrownBy(() -> server.ready(slow()))
                .isInstanceOf(EnginePendingException.class)
                .hasMessage("engine being built since 2026-11-25T12:00:00Z");
        assertThat(server.running()).isOne();
        assertThat(server.ended()).isZero();

        goOn.countDown();

        assertThat(ends.take().outcome()).isEqualTo(Outcome.BUILT);
        assertThat(server.ready(slow())).isDirectory();
        assertThat(builds).hasValue(1);
        assertThat(server.running()).isZero();
        assertThat(server.ended()).isOne();
        assertThat(server.status()).isEmpty();
    }

    @Test
    void buildProgressIsLoggedEvery30Seconds() throws Exception {
        RequestedEngines requested = new RequestedEngines(clock.clock(), new BuildLog(lines::add, problems::add));
        requested.request(slow(), Optional.of(Duration.ofSeconds(212)), _ -> {});
        requested.started(slow());
        clock.advance(Duration.ofSeconds(29));
        requested.tick();
        assertThat(lines).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        requested.tick();
        requested.tick();
        clock.advance(Duration.ofSeconds(30));
        requested.tick();

        assertThat(lines)
                .containsExactly(
                        "engine of tiny/1 in fp16: being built for 30 s, last time 212 s",
                        "engine of tiny/1 in fp16: being built for 60 s, last time 212 s");
        assertThat(requested.status())
                .containsExactly(new EngineStatus(List.of("tiny/1"), "fp16: being built for 60 s, last time 212 s"));
    }

    @Test
    void aRunningBuildReportsThatItGoesOn() throws Exception {
        BlockingQueue<String> progress = new LinkedBlockingQueue<>();
        EngineBuilds server = server(new BuildLog(progress::add, problems::add));
        assertThatThrownBy(() -> server.ready(slow())).isInstanceOf(EnginePendingException.class);
        building.await();
        assertThat(progress.take()).contains("build started");

        clock.advance(Duration.ofSeconds(30));

        assertThat(progress.take()).isEqualTo("engine of tiny/1 in fp16: being built for 30 s");
    }

    @Test
    void aBuildSaysHowLongTheLastOfItsKindTook() throws Exception {
        EngineBuilds server = server();
        server.now(taking(Duration.ofSeconds(212), 'a'));
        server.now(taking(Duration.ofSeconds(7), 'b'));
        server.now(taking(Duration.ZERO, 'c'));

        assertThat(List.of(ends.take(), ends.take(), ends.take()))
                .extracting(BuildEnd::took)
                .containsExactly(Duration.ofSeconds(212), Duration.ofSeconds(7), Duration.ZERO);
        assertThat(lines)
                .containsExactly(
                        "engine of tiny/1 in fp16: build started; this takes minutes",
                        "engine of tiny/1 in fp16: built after 212 s",
                        "engine of tiny/1 in fp16: build started; the previous one on this kind of GPU took 212 s",
                        "engine of tiny/1 in fp16: built after 7 s",
                        "engine of tiny/1 in fp16: build started; the previous one on this kind of GPU took 7 s",
                        "engine of tiny/1 in fp16: built after 0 s");
    }

    @Test
    void failedBuildIsRetriedWithDoublingDelayAndLoggedOnce() throws Exception {
        EngineBuilds server = server();
        EngineRequest request = failing("CUDA failure 2: out of memory");

        assertThatThrownBy(() -> server.now(request))
                .hasMessage("engine: CUDA failure 2: out of memory; tried again at 2026-11-25T12:01:00Z");
        clock.advance(MINUTE.minusSeconds(1));
        assertThatThrownBy(() -> server.now(request)).isNotInstanceOf(EnginePendingException.class);
        assertThat(builds).hasValue(1);
        assertThat(server.status())
                .extracting(EngineStatus::text)
                .containsExactly("fp16: failed, tried again in 1 s: CUDA failure 2: out of memory");

        clock.advance(Duration.ofSeconds(1));
        assertThatThrownBy(() -> server.now(request))
                .hasMessage("engine: CUDA failure 2: out of memory; tried again at 2026-11-25T12:03:00Z");
        assertThat(List.of(ends.take(), ends.take()))
                .extracting(BuildEnd::outcome)
                .containsExactly(Outcome.FAILED, Outcome.FAILED);
        assertThat(builds).hasValue(2);
        assertThat(problems)
                .containsExactly("engine of tiny/1 in fp16: CUDA failure 2: out of memory; tried again in 60 s");
        assertThat(lines)
                .containsExactly(
                        "engine of tiny/1 in fp16: build started; this takes minutes",
                        "engine of tiny/1 in fp16: not built after 0 s",
                        "engine of tiny/1 in fp16: build started; this takes minutes",
                        "engine of tiny/1 in fp16: same failure as before; tried again in 120 s",
                        "engine of tiny/1 in fp16: not built after 0 s");
    }

    @Test
    void failedBuildIsRetriedHourlyAfterManyFailures() {
        EngineBuilds server = server();
        EngineRequest request = failing("no");

        for (int i = 0; i < 10; i++) {
            assertThat(catchThrowable(() -> server.now(request))).isInstanceOf(TargetUnavailableException.class);
            clock.advance(Duration.ofHours(1));
        }

        assertThat(builds).hasValue(10);
        assertThat(catchThrowable(() -> server.now(request)))
                .hasMessageEndingWith("tried again at 2026-11-25T23:00:00Z");
    }

    @Test
    void aHostWithoutMemoryAndAFaultOfOursFailABuildLikeAnyOther() {
        EngineBuilds server = server();

        assertThatThrownBy(() -> server.now(request('a', _ -> {
                    throw new OutOfMemoryError("Java heap space");
                })))
                .isInstanceOf(TargetUnavailableException.class)
                .hasMessageContaining("Java heap space");
        assertThatThrownBy(() -> server.now(request('b', _ -> {
                    throw new IllegalStateException("of ours");
                })))
                .isInstanceOf(TargetUnavailableException.class)
                .hasMessageContaining("of ours");
    }

    /** So many calls take more than the stack that Java gives a thread by default. */
    @Test
    void aBuildMayRecurseDeeply() throws Exception {
        EngineRequest request = request('a', into -> {
            assertThat(depth(60_000)).isEqualTo(60_000);
            write(into);
        });

        assertThat(server().now(request)).isDirectory();
    }

    private static int depth(int calls) {
        return calls == 0 ? 0 : 1 + depth(calls - 1);
    }

    @Test
    void failureOfOneKeyDoesNotDelayAnother() throws Exception {
        EngineBuilds server = server();
        assertThatThrownBy(() -> server.now(failing("no"))).isInstanceOf(TargetUnavailableException.class);

        assertThat(server.now(request('b', EngineBuildsTest::write))).isDirectory();
    }

    @Test
    void oneIsBuiltAtATimeAndWhoeverIsNextSaysThatItWaits() throws Exception {
        EngineBuilds server = server();
        assertThatThrownBy(() -> server.ready(slow())).isInstanceOf(EnginePendingException.class);
        building.await();

        assertThatThrownBy(() -> server.ready(request('b', EngineBuildsTest::write)))
                .isInstanceOf(EnginePendingException.class)
                .hasMessage("engine waiting for another build since 2026-11-25T12:00:00Z");
        assertThat(server.running()).isOne();

        goOn.countDown();
        assertThat(server.now(request('b', EngineBuildsTest::write))).isDirectory();
    }

    @Test
    void anotherEngineOfTheSameNetworkIsNotBuiltMeanwhile() throws Exception {
        EngineBuilds server = server();
        EngineKey full = new EngineKey(
                KEY.network(),
                new EngineSpecification(Precision.FP32, 8, SampleEngine.digest('f')),
                "1.29.0",
                SampleEngine.MACHINE);
        AtomicInteger fullBuilds = new AtomicInteger();
        EngineRequest fullPrecision = new EngineRequest(full, "tiny/1", into -> {
            fullBuilds.incrementAndGet();
            write(into);
        });
        assertThatThrownBy(() -> server.ready(slow())).isInstanceOf(EnginePendingException.class);
        building.await();

        assertThatThrownBy(() -> server.ready(fullPrecision)).isInstanceOf(EnginePendingException.class);
        goOn.countDown();
        // Builds run one after the other, so one that was requested before this has begun by the time this one ends.
        server.now(request('b', EngineBuildsTest::write));
        assertThat(fullBuilds).as("no second build").hasValue(0);

        server().now(fullPrecision);
        assertThat(server.ready(fullPrecision)).isDirectory();
    }

    @Test
    void anEngineThatIsThereIsNotGivenWhileAnotherNetworksIsBuilt() throws Exception {
        EngineBuilds server = server();
        EngineRequest other = request('b', EngineBuildsTest::write);
        server.now(other);
        assertThatThrownBy(() -> server.ready(slow())).isInstanceOf(EnginePendingException.class);
        building.await();

        assertThatThrownBy(() -> server.ready(other))
                .isInstanceOf(EnginePendingException.class)
                .hasMessage("engine waiting for another build since 2026-11-25T12:00:00Z");

        goOn.countDown();
        assertThat(server.now(other)).isDirectory();
    }

    @Test
    void nextBuildWaitsUntilPendingEnginesAreOpened() throws Exception {
        server().now(request('c', EngineBuildsTest::write));
        EngineBuilds server = server(directory, MINUTE);
        List<String> steps = Collections.synchronizedList(new ArrayList<>());
        EngineRequest kept = request('c', EngineBuildsTest::write);
        EngineRequest next = request('b', into -> {
            steps.add("build");
            write(into);
        });
        assertThatThrownBy(() -> server.ready(slow())).isInstanceOf(EnginePendingException.class);
        building.await();
        assertThatThrownBy(() -> server.ready(next)).isInstanceOf(EnginePendingException.class);
        assertThatThrownBy(() -> server.ready(kept)).isInstanceOf(EnginePendingException.class);
        ends.clear();
        goOn.countDown();
        ends.take();

        for (EngineRequest request : List.of(slow(), kept)) {
            server.ready(request);
            steps.add("open");
            server.opened(request);
        }

        server.now(next);
        assertThat(steps).containsExactly("open", "open", "build");
    }

    @Test
    void theNextBuildWaitsNoLongerThanItIsToldTo() throws Exception {
        EngineBuilds server = server(directory, MINUTE);
        server.now(request('a', EngineBuildsTest::write));

        clock.advance(MINUTE);

        assertThat(server.now(request('b', EngineBuildsTest::write))).isDirectory();
    }

    @Test
    void noBuildStartsDuringAPause() throws Exception {
        EngineBuilds server = server();
        server.now(request('b', EngineBuildsTest::write));
        try (BackgroundBuilds.Pause _ = server.pause()) {
            assertThatThrownBy(() -> server.ready(slow())).isInstanceOf(EnginePendingException.class);
            assertThat(server.ready(request('b', EngineBuildsTest::write))).isDirectory();
            assertThat(server.running()).isZero();
        }

        building.await();
        assertThat(server.running()).isOne();
    }

    @Test
    void stopLetsTheRunningBuildFinishAndStartsNoOther() throws Exception {
        EngineBuilds server = server();
        assertThatThrownBy(() -> server.ready(slow())).isInstanceOf(EnginePendingException.class);
        assertThatThrownBy(() -> server.ready(request('b', EngineBuildsTest::write)))
                .isInstanceOf(EnginePendingException.class);
        building.await();

        server.stop();
        goOn.countDown();
        assertThat(ends.take().outcome()).isEqualTo(Outcome.BUILT);
        server.close();

        assertThat(builds).hasValue(1);
        assertThat(server().ready(slow())).isDirectory();
    }

    @Test
    void failingListenerIsLoggedAndOtherListenersAreNotified() throws Exception {
        EngineBuilds server = server();
        server.onEnd(_ -> {
            throw new StackOverflowError("for a test");
        });
        BlockingQueue<BuildEnd> endsOfTheNext = endsOf(server);

        server.now(request('a', EngineBuildsTest::write));

        assertThat(endsOfTheNext).extracting(BuildEnd::outcome).containsExactly(Outcome.BUILT);
        assertThat(problems)
                .containsExactly("engine of tiny/1 in fp16: could not report the end of its build:"
                        + " java.lang.StackOverflowError: for a test");
    }

    @Test
    void listenersAreNotifiedIfTheLogFails() throws Exception {
        EngineBuilds server = server(new BuildLog(line -> failAt("built after", line), line -> {
            throw new OutOfMemoryError("for a test");
        }));

        server.now(request('a', EngineBuildsTest::write));

        assertThat(ends).extracting(BuildEnd::outcome).containsExactly(Outcome.BUILT);
    }

    @Test
    void buildFailsIfItsStartCannotBeLogged() throws Exception {
        EngineBuilds server = server(new BuildLog(line -> failAt("build started", line), problems::add));
        EngineRequest request = request('a', EngineBuildsTest::write);

        assertThatThrownBy(() -> server.now(request))
                .isNotInstanceOf(EnginePendingException.class)
                .hasMessage("engine: java.lang.OutOfMemoryError: build started; tried again at 2026-11-25T12:01:00Z");

        assertThat(ends.take().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(builds).as("nothing is built").hasValue(0);
        assertThat(server.running()).isZero();
        assertThat(problems)
                .containsExactly("engine of tiny/1 in fp16: java.lang.OutOfMemoryError: build started;"
                        + " tried again in 60 s");
    }

    private static void failAt(String part, String line) {
        if (line.contains(part)) {
            throw new OutOfMemoryError(part);
        }
    }

    /** If no thread can be started for a build, it does not count as requested. */
    @Test
    void buildIsNotQueuedIfNoThreadCanBeCreated() throws Exception {
        RequestedEngines requested = new RequestedEngines(clock.clock(), new BuildLog(lines::add, problems::add));

        assertThatThrownBy(() -> requested.request(slow(), Optional.empty(), _ -> {
                    throw new OutOfMemoryError("unable to create native thread");
                }))
                .isInstanceOf(OutOfMemoryError.class);

        assertThat(requested.obstacle(slow())).isEmpty();
        assertThat(requested.status()).isEmpty();
        List<CountDownLatch> ordered = new ArrayList<>();
        assertThat(requested.request(slow(), Optional.empty(), ordered::add))
                .isInstanceOf(EnginePendingException.class);
        assertThat(ordered).as("ordered again").hasSize(1);
    }

    @Test
    void closeEndsTheWaitOfAQueuedBuild() {
        EngineBuilds server = server();
        try (BackgroundBuilds.Pause _ = server.pause()) {
            assertThatThrownBy(() -> server.ready(slow())).isInstanceOf(EnginePendingException.class);

            server.close();
        }

        assertThat(builds).hasValue(0);
        assertThat(problems).isEmpty();
    }

    @Test
    void secondServerWaitsAndFindsTheEngineInASharedCache() throws Exception {
        EngineBuilds first = server();
        EngineBuilds second = server();
        // One queue for each server, because either may report first.
        BlockingQueue<BuildEnd> endsOfFirst = endsOf(first);
        BlockingQueue<BuildEnd> endsOfSecond = endsOf(second);
        assertThatThrownBy(() -> first.ready(slow())).isInstanceOf(EnginePendingException.class);
        building.await();

        assertThatThrownBy(() -> second.ready(slow())).isInstanceOf(EnginePendingException.class);
        goOn.countDown();

        assertThat(endsOfFirst.take().outcome()).isEqualTo(Outcome.BUILT);
        assertThat(endsOfSecond.take().outcome()).isEqualTo(Outcome.FOUND);
        assertThat(second.ready(slow())).isDirectory();
        assertThat(builds).hasValue(1);
    }

    @Test
    void aSoundEngineThatDoesNotOpenIsBuiltAnewOnce() throws Exception {
        EngineBuilds server = server();
        Path engine = server.now(request('a', EngineBuildsTest::write));

        assertThat(server.notOpened(request('a', EngineBuildsTest::write), "bad magic", true))
                .isInstanceOf(EnginePendingException.class);
        assertThat(server.now(request('a', EngineBuildsTest::write))).isEqualTo(engine);
        assertThat(builds).hasValue(2);

        assertThat(server.notOpened(request('a', EngineBuildsTest::write), "bad magic", true))
                .isNotInstanceOf(EnginePendingException.class)
                .hasMessage("engine: intact but cannot be opened: bad magic; tried again at 2026-11-25T12:01:00Z");
        assertThat(engine).as("it may be good").exists();
        assertThatThrownBy(() -> server.ready(request('a', EngineBuildsTest::write)))
                .hasMessageContaining("bad magic");
        clock.advance(MINUTE);
        assertThat(server.ready(request('a', EngineBuildsTest::write))).isEqualTo(engine);
        assertThat(builds).hasValue(2);
    }

    @Test
    void anEngineIsNotRemovedForAFaultOfTheDevice() throws Exception {
        EngineBuilds server = server();
        Path engine = server.now(request('a', EngineBuildsTest::write));

        assertThat(server.notOpened(request('a', EngineBuildsTest::write), "out of memory", false))
                .isNotInstanceOf(EnginePendingException.class);

        assertThat(engine).exists();
    }

    /** TensorRT does not say in its error that memory was short. */
    @Test
    void anEngineThatHasOpenedBeforeIsNotRemovedByALaterServerForWhichItDoesNotOpen() throws Exception {
        EngineRequest request = request('a', EngineBuildsTest::write);
        EngineBuilds first = server();
        Path engine = first.now(request);
        first.opened(request);
        EngineBuilds later = server();

        assertThat(later.notOpened(request, "could not deserialize engine", true))
                .isNotInstanceOf(EnginePendingException.class)
                .hasMessage("engine: intact but cannot be opened: could not deserialize engine. It stays, since it has"
                        + " been opened before: the GPU may have too little memory; tried again at"
                        + " 2026-11-25T12:01:00Z");

        assertThat(engine).exists();
        assertThat(builds).hasValue(1);
    }

    /** An engine that has been opened is no longer held back for an earlier failure. */
    @Test
    void earlierFailureIsClearedWhenTheEngineOpens() throws Exception {
        EngineBuilds server = server();
        EngineRequest request = request('a', EngineBuildsTest::write);
        server.now(request);
        server.notOpened(request, "out of memory", false);

        server.opened(request);

        assertThat(server.ready(request)).isDirectory();
        assertThat(server.status()).isEmpty();
    }

    @Test
    void aCacheThatCannotBeWrittenFailsTheBuildAndSaysWhatToDo() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        EngineBuilds server = server(file);

        assertThatThrownBy(() -> server.now(request('a', EngineBuildsTest::write)))
                .isInstanceOf(TargetUnavailableException.class)
                .hasMessageStartingWith("engine: " + file + ": cannot be used for engines")
                .hasMessageContaining("scopegate.inference.engine-cache");
    }

    @Test
    void aStopDuringABuildWaitsForNoneAndStartsNone() throws Exception {
        EngineBuilds server = server();
        assertThatThrownBy(() -> server.ready(slow())).isInstanceOf(EnginePendingException.class);
        assertThatThrownBy(() -> server.ready(request('b', EngineBuildsTest::write)))
                .isInstanceOf(EnginePendingException.class);
        building.await();

        server.close();

        assertThatThrownBy(() -> server.now(slow())).hasMessage("engine: not built, the process is stopping");
        assertThat(builds).hasValue(1);
        assertThat(problems)
                .as("close did not wait for its end")
                .containsExactly("an engine is still being built; the build ends with this process");
        goOn.countDown();
        assertThat(ends.take().outcome()).isEqualTo(Outcome.BUILT);
        assertThat(problems).hasSize(1);
        assertThat(Disk.entries(directory)).noneMatch(path -> path.toString().endsWith(".staging"));
    }

    private static BlockingQueue<BuildEnd> endsOf(EngineBuilds server) {
        BlockingQueue<BuildEnd> ends = new LinkedBlockingQueue<>();
        server.onEnd(ends::add);
        return ends;
    }

    private EngineBuilds server() {
        return server(directory);
    }

    private EngineBuilds server(Path cache) {
        return server(cache, Duration.ZERO);
    }

    private EngineBuilds server(Path cache, Duration handover) {
        return server(cache, new BuildLog(lines::add, problems::add), handover);
    }

    private EngineBuilds server(BuildLog log) {
        return server(directory, log, Duration.ZERO);
    }

    private EngineBuilds server(Path cache, BuildLog log, Duration handover) {
        EngineStore store = new EngineStore(cache, clock.clock().wall().withZone(ZoneOffset.UTC), _ -> {});
        EngineBuilds server = new EngineBuilds(store, clock.clock(), log, handover);
        server.onEnd(ends::add);
        servers.add(server);
        return server;
    }

    /** Returns a request whose build waits until the test lets it go on. */
    private EngineRequest slow() {
        return request('a', into -> {
            building.countDown();
            awaitUninterrupted(goOn);
            write(into);
        });
    }

    private EngineRequest taking(Duration time, char network) {
        return request(network, into -> {
            clock.advance(time);
            write(into);
        });
    }

    private EngineRequest failing(String reason) {
        return request('a', into -> {
            write(into);
            throw new TargetUnavailableException(reason);
        });
    }

    private EngineRequest request(char network, EngineBuilder<TargetUnavailableException> builder) {
        return new EngineRequest(SampleEngine.key(network), "tiny/1", into -> {
            builds.incrementAndGet();
            builder.build(into);
        });
    }

    private static void write(Path into) {
        try {
            SampleEngine.build(into);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits like native code, which an interrupt does not reach. */
    private static void awaitUninterrupted(CountDownLatch latch) {
        while (true) {
            try {
                latch.await();
                return;
            } catch (InterruptedException e) {
                // Native code does not notice interrupts.
            }
        }
    }
}
