package io.scopegate.server.audit;

import io.scopegate.audit.AuditEvent;
import io.scopegate.server.frame.FrameAnswer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Records the verdicts of single calls in the audit log: for each device and model as {@link VerdictTrail} does, as if
 * the answers were those of one stream. A device and model without a call for ten minutes is forgotten and begins
 * anew; those beyond 256 at once count as one. Any thread.
 */
public final class SingleTrails {

    static final int MOST = 256;

    private static final long IDLE = TimeUnit.MINUTES.toNanos(10);
    private static final Asker OTHERS = new Asker(StreamEventLimit.OTHERS, StreamEventLimit.OTHERS);

    private final AuditTrail trail;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Asker, Single> singles = new HashMap<>();

    SingleTrails(AuditTrail trail) {
        this.trail = trail;
    }

    /** Whose frames are counted together. */
    private record Asker(String device, String model) {}

    private static final class Single {
        final VerdictTrail verdicts;
        long heardAt;

        Single(VerdictTrail verdicts) {
            this.verdicts = verdicts;
        }
    }

    /** Notes the answer to a single call. */
    public void answered(String device, String model, FrameAnswer answer) {
        if (!trail.isKept()) {
            return;
        }
        lock.lock();
        try {
            Asker asker = new Asker(device, model);
            Asker counted = singles.containsKey(asker) || singles.size() < MOST ? asker : OTHERS;
            Single single = singles.computeIfAbsent(counted, this::begin);
            single.heardAt = trail.nanoTime();
            single.verdicts.answered(answer);
        } finally {
            lock.unlock();
        }
    }

    private Single begin(Asker asker) {
        return new Single(new VerdictTrail(trail, () -> event(asker)));
    }

    private AuditEvent event(Asker asker) {
        return trail.event("verdict").with("call", "single").with("device", asker.device());
    }

    /** Forgets those without a call for ten minutes. */
    void forgetIdle() {
        lock.lock();
        try {
            long now = trail.nanoTime();
            singles.values().removeIf(single -> now - single.heardAt >= IDLE);
        } finally {
            lock.unlock();
        }
    }
}
