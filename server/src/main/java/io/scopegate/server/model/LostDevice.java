package io.scopegate.server.model;

import io.scopegate.inference.SessionFactory;
import io.scopegate.inference.target.TargetUnavailableException;

/**
 * Reports a model to its watchdog as one whose network does not answer if it waits for a GPU that this process has
 * lost: this process will never find a target for it, only a restart may.
 */
public final class LostDevice {

    private LostDevice() {}

    /** Starts to follow the state of a model. */
    public static void follow(NamedModel model, SessionFactory sessions) {
        model.slot().onChange(() -> {
            if (model.slot().state() instanceof ModelState.Absent && isForGood(sessions)) {
                model.watchdog().lostDevice();
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
