package io.scopegate.server;

import io.scopegate.server.infer.FaultLog;

/** Runs the steps of a shutdown in order. A step that fails is logged and does not keep the later ones from running. */
final class ShutdownSteps {

    private static final FaultLog FAILED =
            FaultLog.of(ShutdownSteps.class, "a step of the shutdown failed; the later ones still run");

    private ShutdownSteps() {}

    /** A step, which may fail in any way. */
    interface Step {
        void run() throws Exception;
    }

    /**
     * Runs these steps. Never throws. An interrupt cuts short only the step that it meets: were the thread still
     * interrupted afterwards, no later step could wait for anything.
     */
    static void run(Step... steps) {
        for (Step step : steps) {
            try {
                step.run();
            } catch (Exception | Error e) {
                FAILED.say(e);
            }
        }
    }
}
