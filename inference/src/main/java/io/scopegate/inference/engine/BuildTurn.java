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
 * When a build may run. While TensorRT builds one engine, whoever opens another one in this process waits in native code
 * until that has ended: so none is opened meanwhile, and a build waits for those that are about to be. Any thread.
 */
final class BuildTurn {

    private final BuildClock clock;
    private final Duration handover;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<EngineKey, Long> awaitedUntilNanos = new HashMap<>();
    private int pauses;
    private long ended;
    private @Nullable Running running;

    private record Running(EngineKey key, Instant since) {}

    /** @param handover how long a build waits for those to be opened that could not be during the one before */
    BuildTurn(BuildClock clock, Duration handover) {
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

    /** Waits until this build may run; from then on no engine is opened. */
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

    private long awaitedNanos() {
        long now = clock.nanos().getAsLong();
        return awaitedUntilNanos.values().stream()
                .mapToLong(until -> until - now)
                .max()
                .orElse(0);
    }

    /** The build has ended: whoever had to wait for it may open its engine now. */
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
     * Before an engine that is there is opened.
     *
     * @throws EnginePendingException if another one is being built; it is then awaited after that
     */
    void require(EngineKey key) throws EnginePendingException {
        Optional<EnginePendingException> pending = Guard.with(lock, () -> {
            if (running == null) {
                return Optional.empty();
            }
            await(key);
            boolean own = running.key().network().equals(key.network());
            return Optional.of(new EnginePendingException(WantedEngine.pending(own, running.since())));
        });
        if (pending.isPresent()) {
            throw pending.get();
        }
    }

    /** Its network runs: no other engine of it is awaited either. */
    void opened(EngineKey key) {
        change(() ->
                awaitedUntilNanos.keySet().removeIf(other -> other.network().equals(key.network())));
    }

    /** It is awaited no more. */
    void refused(EngineKey key) {
        change(() -> awaitedUntilNanos.remove(key));
    }

    int running() {
        return Guard.with(lock, () -> running == null ? 0 : 1);
    }

    long ended() {
        return Guard.with(lock, () -> ended);
    }

    /** Until this is closed no build begins. */
    EngineWork.Pause pause() {
        change(() -> pauses++);
        return () -> change(() -> pauses--);
    }
}
