package io.scopegate.inference.engine;

import io.scopegate.inference.engine.BuildEnd.Outcome;
import io.scopegate.inference.target.TargetUnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Builds engines on one thread of its own, one after the other, while something else serves. An engine that fails is
 * not tried again for a while, longer each time. May be used from any thread.
 */
public final class EngineBuilds implements BackgroundBuilds, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    /** TensorRT's builder recurses deeply, and an overflow in native code ends the process. */
    private static final long BUILDER_STACK_BYTES = 16L << 20;

    private static final String REMEDY =
            ". Make room there, let the server write to it, or name another by scopegate.inference.engine-cache";

    private final EngineStore store;
    private final BuildClock clock;
    private final BuildLog log;
    private final RequestedEngines requested;
    private final EngineBuildLock buildLock;
    private final ExecutorService builder =
            Executors.newSingleThreadExecutor(daemon("engine-build", BUILDER_STACK_BYTES));
    private final ScheduledExecutorService ticker = new ScheduledThreadPoolExecutor(
            1, daemon("engine-build-progress", 0), new ThreadPoolExecutor.DiscardPolicy());
    private final List<Consumer<BuildEnd>> listeners = new CopyOnWriteArrayList<>();
    private final Set<String> warnings = ConcurrentHashMap.newKeySet();

    /**
     * Starts nothing yet.
     *
     * @param store where engines are kept
     * @param clock times the builds and the waits
     * @param handover how long a build waits for engines to be opened that could not be opened during the build before
     */
    public EngineBuilds(EngineStore store, BuildClock clock, BuildLog log, Duration handover) {
        this.store = store;
        this.clock = clock;
        this.log = log;
        this.requested = new RequestedEngines(clock, log);
        this.buildLock = new EngineBuildLock(clock, handover);
    }

    /** @param stackBytes 0 for the default */
    private static ThreadFactory daemon(String name, long stackBytes) {
        return Thread.ofPlatform().daemon().name(name).stackSize(stackBytes).factory();
    }

    /**
     * Returns the directory of an engine, if there is one that can be trusted; reads all of it. Otherwise requests
     * a build, but does not wait for it.
     *
     * @throws EnginePendingException if there is none, and it, or another one that may do instead, is now being built
     *     or waits for its turn; or if any engine is being built right now
     * @throws TargetUnavailableException if building or opening it has failed, and it is not tried again yet
     */
    public Path ready(EngineRequest request) throws TargetUnavailableException {
        Optional<TargetUnavailableException> obstacle = requested.obstacle(request);
        if (obstacle.isPresent()) {
            throw obstacle.get();
        }
        Optional<Path> found = store.find(request.key());
        if (found.isEmpty()) {
            throw start(request);
        }
        buildLock.require(request.key());
        return found.get();
    }

    /**
     * Same as {@link #ready}, but waits for builds, which take minutes.
     *
     * @throws TargetUnavailableException if a build fails, or the thread is interrupted; its interrupt status is then
     *     set
     */
    public Path now(EngineRequest request) throws TargetUnavailableException {
        while (true) {
            try {
                return ready(request);
            } catch (EnginePendingException e) {
                requested.await(request.key());
            }
        }
    }

    /** Records that a session was opened from an engine. Its earlier failures no longer count. */
    public void opened(EngineRequest request) {
        store.opened(request.key());
        requested.forget(request.key());
        buildLock.opened(request.key());
    }

    /**
     * Records that no session could be opened from an intact engine. If the engine may be to blame, and has never been
     * opened, it is removed and built again the first time. Otherwise it is not tried again for a while.
     *
     * @param reason for people
     * @param engineToBlame whether another engine could help
     * @return what to throw
     */
    public TargetUnavailableException notOpened(EngineRequest request, String reason, boolean engineToBlame) {
        buildLock.refused(request.key());
        String problem = "intact but cannot be opened: " + reason;
        if (engineToBlame && store.hasOpened(request.key())) {
            return requested.fail(
                    request,
                    problem + ". It stays, since it has been opened before: the GPU may have too little memory");
        }
        if (!engineToBlame || !requested.mayBeRemoved(request)) {
            return requested.fail(request, problem);
        }
        log.problem().accept(request.name() + ": " + problem + "; removing it and building it again, once");
        try {
            store.remove(request.key());
            return start(request);
        } catch (IOException e) {
            return requested.fail(request, e.getMessage() + REMEDY);
        }
    }

    /** Reports as a problem what may go wrong with builds. The same text is reported only once. */
    public void warn(String risk) {
        if (warnings.add(risk)) {
            log.problem().accept(risk);
        }
    }

    /** Orders a build and returns what to throw. */
    private TargetUnavailableException start(EngineRequest request) {
        Optional<Duration> last = lastBuild(request);
        return requested.request(request, last, latch -> builder.execute(() -> run(request, last, latch)));
    }

    private Optional<Duration> lastBuild(EngineRequest request) {
        try {
            return store.lastBuild(request.key());
        } catch (IOException e) {
            // This is only for people; the build itself will say what is wrong.
            return Optional.empty();
        }
    }

    private void run(EngineRequest request, Optional<Duration> last, CountDownLatch latch) {
        try {
            buildLock.take(request.key());
            tell(request, runInTurn(request, last));
        } catch (InterruptedException e) {
            // The process stops before the build has begun.
            Thread.currentThread().interrupt();
        } finally {
            latch.countDown();
        }
    }

    private BuildEnd runInTurn(EngineRequest request, Optional<Duration> last) {
        long started = clock.nanos().getAsLong();
        Outcome outcome = Outcome.FAILED;
        try {
            outcome = build(request, last);
        } finally {
            buildLock.end(request.key(), outcome != Outcome.FAILED);
        }
        return new BuildEnd(outcome, Duration.ofNanos(clock.nanos().getAsLong() - started));
    }

    /** Reports the end of a build. A listener that fails does not keep the others from hearing of it. */
    private void tell(EngineRequest request, BuildEnd end) {
        attempt(
                request,
                () -> log.progress()
                        .accept(request.name() + ": " + end.outcome().text() + " after "
                                + RequestedEngine.seconds(end.took())));
        listeners.forEach(listener -> attempt(request, () -> listener.accept(end)));
    }

    private void attempt(EngineRequest request, Runnable telling) {
        try {
            telling.run();
        } catch (RuntimeException | Error e) {
            say(request, e);
        }
    }

    private void say(EngineRequest request, Throwable untold) {
        try {
            log.problem().accept(request.name() + ": could not report the end of its build: " + untold);
        } catch (RuntimeException | Error e) {
            // Even this report needs memory, and the other listeners must still hear of the end.
        }
    }

    private Outcome build(EngineRequest request, Optional<Duration> last) {
        AtomicBoolean built = new AtomicBoolean();
        try {
            requested.started(request);
            log.progress()
                    .accept(request.name() + ": build started; "
                            + last.map(took -> "the previous one on this kind of GPU took "
                                            + RequestedEngine.seconds(took))
                                    .orElse("this takes minutes"));
            buildTold(request, built);
            requested.built(request);
            return built.get() ? Outcome.BUILT : Outcome.FOUND;
        } catch (BuildRefusedException | TargetUnavailableException e) {
            return fail(request, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return fail(request, e.getMessage() + REMEDY);
        } catch (RuntimeException | Error e) {
            // For example a lack of memory or threads. Whatever it is, it must not keep the next build from starting.
            return fail(request, e.toString());
        }
    }

    /** Builds, and reports meanwhile that the build goes on. */
    private void buildTold(EngineRequest request, AtomicBoolean built)
            throws BuildRefusedException, TargetUnavailableException, IOException {
        ScheduledFuture<?> ticks = ticker.scheduleAtFixedRate(requested::tick, 1, 1, TimeUnit.SECONDS);
        try {
            store.build(request.key(), into -> {
                request.builder().build(into);
                built.set(true);
            });
        } finally {
            ticks.cancel(false);
        }
    }

    private Outcome fail(EngineRequest request, String reason) {
        if (requested.closed()) {
            requested.forget(request.key());
        } else {
            requested.fail(request, reason);
        }
        return Outcome.FAILED;
    }

    @Override
    public long ended() {
        return buildLock.ended();
    }

    @Override
    public int running() {
        return buildLock.running();
    }

    @Override
    public List<EngineStatus> status() {
        return requested.status();
    }

    @Override
    public void onEnd(Consumer<BuildEnd> listener) {
        listeners.add(listener);
    }

    @Override
    public Pause pause() {
        return buildLock.pause();
    }

    /** Lets no further build start. Does not wait for one that is running. */
    public void stop() {
        requested.close();
        builder.shutdownNow();
        ticker.shutdownNow();
    }

    /**
     * Stops, and waits for a running build for two seconds at most. A build in native code goes on until it or the
     * process ends; the next build removes what it leaves half-made.
     */
    @Override
    public void close() {
        stop();
        try {
            if (!builder.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                log.problem().accept("an engine is still being built; the build ends with this process");
                store.stopping();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
