package io.scopegate.server.audit;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Those who have left verdicts out of the log, and are to tell of them though they may hear of no more answers. Any thread. */
final class LeftOutVerdicts {

    private final AuditTrail trail;
    private final Set<VerdictTrail> trails = ConcurrentHashMap.newKeySet();

    LeftOutVerdicts(AuditTrail trail) {
        this.trail = trail;
    }

    /** Where there is no log nobody would ever tell. */
    void add(VerdictTrail verdicts) {
        if (trail.isKept()) {
            trails.add(verdicts);
        }
    }

    void remove(VerdictTrail verdicts) {
        trails.remove(verdicts);
    }

    /** Tells what was left out in seconds that are over. */
    void tell() {
        long now = trail.nanoTime();
        trails.forEach(verdicts -> verdicts.tellIfOver(now));
    }

    /** Tells what was left out until now. */
    void tellAll() {
        trails.forEach(VerdictTrail::tellLeftOut);
    }
}
