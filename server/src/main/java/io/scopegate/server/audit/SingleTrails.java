package io.scopegate.server.audit;

import io.scopegate.audit.AuditEvent;
import io.scopegate.server.frame.FrameAnswer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What the audit log hears of frames that come in calls of their own: for each device and model what {@link VerdictTrail}
 * tells of the verdicts, as if their answers were a stream's. One of which nothing has been heard for ten minutes is
 * forgotten and begins anew; those beyond 256 at once count as one. Any thread.
 */
public final class SingleTrails {

    static final int MOST = 256;

    private static final long IDLE = TimeUnit.MINUTES.toNanos(10);
    private static final Asker OTHERS = new Asker(StreamSums.OTHERS, StreamSums.OTHERS);

    private final AuditTrail trail;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Asker, Single> singles = new HashMap<>();

    SingleTrails(AuditTrail trail) {
        this.trail = trail;
    }

    /** Whose frames count together. */
    private record Asker(String device, String model) {}

    private static final class Single {
        final VerdictTrail verdicts;
        long heardAt;

        Single(VerdictTrail verdicts) {
            this.verdicts = verdicts;
        }
    }

    /** The one frame of a call is answered. */
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

    /** Forgets those of whom nothing is heard. */
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
