package io.scopegate.server.model;

import io.scopegate.inference.engine.BackgroundBuilds;
import io.scopegate.inference.target.BackOff;
import io.scopegate.server.frame.ServerClock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tries a version that is served on a lesser target on a better one: as soon as an engine build has ended, and
 * otherwise at growing intervals. Not thread-safe.
 */
final class TargetUpgrade {

    private final ModelReload reload;
    private final ModelSlot slot;
    private final BackgroundBuilds engines;
    private final ServerClock clock;
    private int trials;
    private long dueNanos;
    private long endedBefore;
    private long endedBeforeAttempt;

    TargetUpgrade(ModelReload reload, ModelSlot slot, LoadTools tools) {
        this.reload = reload;
        this.slot = slot;
        this.engines = tools.sessions().engines();
        this.clock = tools.clock();
    }

    /**
     * Called before a version is attempted. A build that ends during the attempt may be the one that the version is
     * served without, so it must still trigger a trial.
     */
    void begin() {
        endedBeforeAttempt = engines.ended();
    }

    /** Called when the attempted version serves. */
    void served() {
        trials = 0;
        rest(endedBeforeAttempt);
    }

    /** Tries the served version on a better target, if a trial is due. */
    void look(List<VersionSnapshot> snapshots, @Nullable VersionSnapshot served) {
        if (!(slot.state() instanceof ModelState.Serving serving)) {
            return;
        }
        for (VersionSnapshot snapshot : snapshots) {
            if (snapshot.is(served) && snapshot.hindrance() == null && isDue(serving)) {
                long ended = engines.ended();
                trials = ended == endedBefore ? trials : 0;
                reload.upgradeTarget(snapshot.version(), snapshot.files(), serving);
                rest(ended);
                return;
            }
        }
    }

    private boolean isDue(ModelState.Serving serving) {
        return serving.execution().mayMoveUp() && (engines.ended() != endedBefore || clock.nanoTime() - dueNanos >= 0);
    }

    private void rest(long ended) {
        trials++;
        endedBefore = ended;
        dueNanos = clock.nanoTime() + BackOff.OF_DEVICES.after(trials).toNanos();
    }
}
