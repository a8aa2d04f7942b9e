package io.scopegate.server.model;

import io.scopegate.inference.engine.EngineWork;
import io.scopegate.inference.target.BackOff;
import io.scopegate.server.frame.ServerClock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Has a version that is served on a lesser target tried on a better one: as soon as an engine's build has ended, and
 * otherwise after a while, longer each time. One thread at a time.
 */
final class MoveUp {

    private final ModelReload reload;
    private final ModelSlot slot;
    private final EngineWork engines;
    private final ServerClock clock;
    private int trials;
    private long dueNanos;
    private long endedBefore;
    private long endedBeforeAttempt;

    MoveUp(ModelReload reload, ModelSlot slot, LoadTools tools) {
        this.reload = reload;
        this.slot = slot;
        this.engines = tools.sessions().engines();
        this.clock = tools.clock();
    }

    /** A version is about to be tried: a build that ends from now on may be one that it does without. */
    void begin() {
        endedBeforeAttempt = engines.ended();
    }

    /** It serves. */
    void served() {
        trials = 0;
        rest(endedBeforeAttempt);
    }

    /** Tries what serves, if it is time to. */
    void look(List<VersionSnapshot> snapshots, @Nullable VersionSnapshot served) {
        if (!(slot.state() instanceof ModelState.Serving serving)) {
            return;
        }
        for (VersionSnapshot snapshot : snapshots) {
            if (snapshot.is(served) && snapshot.hindrance() == null && isDue(serving)) {
                long ended = engines.ended();
                trials = ended == endedBefore ? trials : 0;
                reload.moveUp(snapshot.version(), snapshot.files(), serving);
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
