package io.scopegate.inference.engine;

import io.scopegate.inference.engine.RequestedEngine.Building;
import io.scopegate.inference.engine.RequestedEngine.Failed;
import io.scopegate.inference.engine.RequestedEngine.Unknown;
import io.scopegate.inference.target.BackOff;
import io.scopegate.inference.target.TargetUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * All engines that are wanted, what is done about each, and when one that failed is tried again. May be used from any
 * thread.
 */
final class RequestedEngines {

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(30);
    private static final String STOPPING = "engine: not built, the process is stopping";

    private final BuildClock clock;
    private final BuildLog log;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<EngineKey, RequestedEngine> all = new LinkedHashMap<>();
    private long lastLineNanos;
    private boolean closed;

    RequestedEngines(BuildClock clock, BuildLog log) {
        this.clock = clock;
        this.log = log;
    }

    private RequestedEngine of(EngineRequest request) {
        RequestedEngine engine = all.computeIfAbsent(request.key(), _ -> new RequestedEngine());
        engine.wantedBy(request.model());
        return engine;
    }

    /** Returns why nothing is to be done about this engine now; empty if something is. */
    Optional<TargetUnavailableException> obstacle(EngineRequest request) {
        return Guard.with(lock, () -> {
            if (closed) {
                return Optional.of(new TargetUnavailableException(STOPPING));
            }
            return switch (of(request).state()) {
                case Building building -> Optional.of(new EnginePendingException(building.text()));
                case Failed failed
                when clock.nanos().getAsLong() < failed.retryNanos() ->
                    Optional.of(new TargetUnavailableException("engine: " + failed.text()));
                case Failed _, Unknown _ -> Optional.empty();
            };
        });
    }

    /**
     * Orders a build, unless the engine is already being built, or one that may do instead: another one of its network,
     * or one of another version of its model.
     *
     * @param start called if a build is requested, with the latch that opens when the build has ended
     * @return what to throw
     */
    TargetUnavailableException request(EngineRequest request, Optional<Duration> last, Consumer<CountDownLatch> start) {
        return Guard.with(lock, () -> {
            if (closed) {
                return new TargetUnavailableException(STOPPING);
            }
            Optional<Building> underway = building(request.key());
            if (underway.isPresent()) {
                return new EnginePendingException(underway.get().text());
            }
            Optional<Building> other = ofAnotherVersion(request);
            if (other.isPresent()) {
                return new EnginePendingException(
                        RequestedEngine.pending(false, other.get().since()));
            }
            boolean free = buildings(_ -> true).isEmpty();
            Building building = building(free, last, new CountDownLatch(1));
            RequestedEngine engine = of(request);
            // If no thread can be created, this throws, and the engine does not count as being built.
            start.accept(building.ended());
            engine.enter(building);
            return new EnginePendingException(building.text());
        });
    }

    /**
     * Returns the build for another version of the model. That version may make this one unnecessary, and each
     * requested build keeps its network in memory.
     */
    private Optional<Building> ofAnotherVersion(EngineRequest request) {
        return all.values().stream()
                .filter(engine -> engine.isOfAnotherVersion(request.model()))
                .map(RequestedEngine::state)
                .flatMap(state -> state instanceof Building building ? Stream.of(building) : Stream.empty())
                .findFirst();
    }

    private Building building(boolean started, Optional<Duration> last, CountDownLatch ended) {
        return new Building(started, clock.wall().instant(), clock.nanos().getAsLong(), last, ended);
    }

    private List<Building> buildings(Predicate<EngineKey> which) {
        List<Building> buildings = new ArrayList<>();
        all.forEach((key, engine) -> {
            if (which.test(key) && engine.state() instanceof Building building) {
                buildings.add(building);
            }
        });
        return buildings;
    }

    /** Returns the build of this engine or of another one of its network, if there is one. */
    private Optional<Building> building(EngineKey key) {
        return buildings(other -> other.network().equals(key.network())).stream()
                .findFirst();
    }

    /**
     * Waits until the build that this engine waits for has ended, if there is one.
     *
     * @throws TargetUnavailableException if the thread is interrupted; its interrupt status is then set
     */
    void await(EngineKey key) throws TargetUnavailableException {
        Optional<Building> underway = Guard.with(
                lock,
                () -> building(key)
                        .or(() -> buildings(_ -> true).stream()
                                .filter(Building::started)
                                .findFirst()));
        try {
            if (underway.isPresent()) {
                underway.get().ended().await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TargetUnavailableException("engine: interrupted while it was built", e);
        }
    }

    /** Records that the turn of a build has come. */
    void started(EngineRequest request) {
        Guard.with(lock, () -> {
            lastLineNanos = clock.nanos().getAsLong();
            if (of(request).state() instanceof Building building && !building.started()) {
                of(request).enter(building(true, building.last(), building.ended()));
            }
            return true;
        });
    }

    /** Records that the engine exists, as far as is known. */
    void built(EngineRequest request) {
        Guard.with(lock, () -> {
            of(request).enter(new Unknown());
            return true;
        });
    }

    /** Forgets an engine, for example because a session has been opened from it. */
    void forget(EngineKey key) {
        Guard.with(lock, () -> all.remove(key));
    }

    /** Returns true once for each engine. */
    boolean mayBeRemoved(EngineRequest request) {
        return Guard.with(lock, () -> of(request).mayBeRemoved());
    }

    /**
     * Records a failure; the engine is not tried again for a while. A reason that differs from the last one is reported
     * as a problem.
     *
     * @return what to throw
     */
    TargetUnavailableException fail(EngineRequest request, String reason) {
        boolean news;
        Duration delay;
        Failed failed;
        lock.lock();
        try {
            RequestedEngine engine = of(request);
            news = engine.isNews(reason);
            delay = BackOff.OF_DEVICES.after(engine.failOnceMore());
            failed = new Failed(
                    reason, clock.wall().instant().plus(delay), clock.nanos().getAsLong() + delay.toNanos());
            engine.enter(failed);
        } finally {
            lock.unlock();
        }
        String line = request.name() + ": " + (news ? reason : "same failure as before") + "; tried again in "
                + RequestedEngine.seconds(delay);
        if (news) {
            log.problem().accept(line);
        } else {
            log.progress().accept(line);
        }
        return new TargetUnavailableException("engine: " + failed.text());
    }

    /** Reports from time to time that the build goes on. */
    void tick() {
        Guard.with(lock, () -> {
                    long now = clock.nanos().getAsLong();
                    List<String> lines = new ArrayList<>();
                    if (now - lastLineNanos >= BETWEEN_LINES.toNanos()) {
                        lastLineNanos = now;
                        all.forEach((key, engine) -> {
                            if (engine.state() instanceof Building building && building.started()) {
                                lines.add(name(key, engine) + ": " + building.progress(now));
                            }
                        });
                    }
                    return lines;
                })
                .forEach(log.progress());
    }

    private static String name(EngineKey key, RequestedEngine engine) {
        return "engine of " + String.join(", ", engine.models()) + " in "
                + key.specification().precision().text();
    }

    List<EngineStatus> status() {
        return Guard.with(lock, () -> {
            long now = clock.nanos().getAsLong();
            List<EngineStatus> status = new ArrayList<>();
            all.forEach((key, engine) ->
                    engine.status(key.specification().precision(), now).ifPresent(status::add));
            return status;
        });
    }

    /** Accepts no more requests, and releases everybody who waits. */
    void close() {
        Guard.with(lock, () -> {
            closed = true;
            buildings(_ -> true).forEach(building -> building.ended().countDown());
            return true;
        });
    }

    boolean closed() {
        return Guard.with(lock, () -> closed);
    }
}
