package io.scopegate.server.model;

import io.scopegate.inference.SessionFactory;
import io.scopegate.inference.target.TargetUnavailableException;

/**
 * Takes a model that waits for a GPU which this process has lost for one whose network does not answer: no look of this
 * process will find it a target, only a new start may.
 */
public final class LostDevice {

    private LostDevice() {}

    /** Watches a model from now on. */
    public static void follow(NamedModel model, SessionFactory sessions) {
        model.slot().onChange(() -> {
            if (model.slot().state() instanceof ModelState.Absent && isForGood(sessions)) {
                model.pulse().lostDevice();
            }
        });
    }

    private static boolean isForGood(SessionFactory sessions) {
        if (sessions.lostDevice().isEmpty()) {
            return false;
        }
        try {
            return sessions.plan().targets().isEmpty();
        } catch (TargetUnavailableException e) {
            return true;
        }
    }
}
