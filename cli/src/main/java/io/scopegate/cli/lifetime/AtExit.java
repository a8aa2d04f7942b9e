package io.scopegate.cli.lifetime;

/** Something that is done when this Java virtual machine ends, by Ctrl-C for one, unless it is called off. Any thread. */
public final class AtExit {

    private final Thread hook;

    private AtExit(Thread hook) {
        this.hook = hook;
    }

    /**
     * Has it done at the end; at once, if that has begun.
     *
     * @param name of the thread that does it
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

    /** Has it not done any more. Does nothing once the end has begun, or a second time. */
    public void callOff() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // It is being done.
            return;
        }
    }
}
