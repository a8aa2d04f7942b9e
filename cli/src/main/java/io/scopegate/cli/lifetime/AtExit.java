package io.scopegate.cli.lifetime;

/**
 * An action that runs when this Java virtual machine ends, for example by Ctrl-C, unless it is cancelled. Thread-safe.
 */
public final class AtExit {

    private final Thread hook;

    private AtExit(Thread hook) {
        this.hook = hook;
    }

    /**
     * Registers an action to run at the end. Runs it at once if the end has begun.
     *
     * @param name name of the thread that runs it
     */
    public static AtExit run(String name, Runnable action) {
        Thread hook = new Thread(action, name);
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            action.run();
        }
        return new AtExit(hook);
    }

    /** Cancels the action. Has no effect once the end has begun, or the second time. */
    public void callOff() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The action is running.
            return;
        }
    }
}
