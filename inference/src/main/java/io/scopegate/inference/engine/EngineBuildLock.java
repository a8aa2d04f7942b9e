package io.scopegate.inference.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the building and the opening of engines apart. While TensorRT builds one engine, opening another one in the
 * same process blocks in native code until the build has ended. So no engine is opened during a build, and a build
 * waits for engines that are about to be opened. May be used from any thread.
 */
final class EngineBuildLock {

    private final BuildClock clock;
    private final Duration handover;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** Engines that are about to be opened, and until when a build waits for each, by the monotonic clock. */
    private final Map<EngineKey, Long> awaitedUntilNanos = new HashMap<>();

    private int pauses;
    private long ended;
    private @Nullable Running running;

    private record Running(EngineKey key, Instant since) {}

    /**
     * @param handover how long a build waits for engines to be opened that could not be opened during the build before
     */
    EngineBuildLock(BuildClock clock, Duration handover) {
        this.clock = clock;
        this.handover = handover;
    }

    private void change(Runnable action) {
        lock.lock();
        try {
            action.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until this build may run. From then on no engine is opened. */
    void take(EngineKey key) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (pauses > 0 || awaitedNanos() > 0) {
                if (pauses > 0) {
                    changed.await();
                } else {
                    changed.awaitNanos(awaitedNanos());
                }
            }
            awaitedUntilNanos.clear();
            running = new Running(key, clock.wall().instant());
        } finally {
            lock.unlock();
        }
    }

    /** Returns for how long a build still has to wait for engines to be opened; not positive if it need not wait. */
    private long awaitedNanos() {
        long now = clock.nanos().getAsLong();
        return awaitedUntilNanos.values().stream()
                .mapToLong(until -> until - now)
                .max()
                .orElse(0);
    }

    /**
     * Ends the turn of a build. Engines that had to wait for it may be opened now.
     *
     * @param there whether the engine of this build exists; it is then awaited, too
     */
    void end(EngineKey key, boolean there) {
        change(() -> {
            running = null;
            ended++;
            if (there) {
                await(key);
            }
            awaitedUntilNanos.replaceAll((_, _) -> handedOverNanos());
        });
    }

    private void await(EngineKey key) {
        awaitedUntilNanos.put(key, handedOverNanos());
    }

    private long handedOverNanos() {
        return clock.nanos().getAsLong() + handover.toNanos();
    }

    /**
     * Checks that an existing engine may be opened now.
     *
     * @throws EnginePendingException if an engine is being built; the existing one is then awaited after that build
     */
    void require(EngineKey key) throws EnginePendingException {
        Optional<EnginePendingException> pending = Guard.with(lock, () -> {
            if (running == null) {
                return Optional.empty();
            }
            await(key);
            boolean own = running.key().network().equals(key.network());
            return Optional.of(new EnginePendingException(RequestedEngine.pending(own, running.since())));
        });
        if (pending.isPresent()) {
            throw pending.get();
        }
    }

    /**
     * Records that an engine was opened. Its network runs now, so no other engine of that network is awaited either.
     */
    void opened(EngineKey key) {
        change(() ->
                awaitedUntilNanos.keySet().removeIf(other -> other.network().equals(key.network())));
    }

    /** Records that an engine could not be opened, so that it is no longer awaited. */
    void refused(EngineKey key) {
        change(() -> awaitedUntilNanos.remove(key));
    }

    int running() {
        return Guard.with(lock, () -> running == null ? 0 : 1);
    }

    long ended() {
        return Guard.with(lock, () -> ended);
    }

    /** Lets no build begin until the result is closed. */
    BackgroundBuilds.Pause pause() {
        change(() -> pauses++);
        return () -> change(() -> pauses--);
    }
}
