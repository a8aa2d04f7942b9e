package io.scopegate.server.audit;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The trails that have left verdicts out of the log and must still report them, even if no further answer comes. Any
 * thread.
 */
final class LeftOutVerdicts {

    private final AuditTrail trail;
    private final Set<VerdictTrail> trails = ConcurrentHashMap.newKeySet();

    LeftOutVerdicts(AuditTrail trail) {
        this.trail = trail;
    }

    /** Adds a trail, unless there is no log: then it would never be reported nor removed. */
    void add(VerdictTrail verdicts) {
        if (trail.isKept()) {
            trails.add(verdicts);
        }
    }

    void remove(VerdictTrail verdicts) {
        trails.remove(verdicts);
    }

    /** Reports what was left out in seconds that are over. */
    void tell() {
        long now = trail.nanoTime();
        trails.forEach(verdicts -> verdicts.tellIfOver(now));
    }

    /** Reports what has been left out so far. */
    void tellAll() {
        trails.forEach(VerdictTrail::tellLeftOut);
    }
}
