package io.scopegate.server.model;

import java.util.concurrent.locks.ReentrantLock;

/**
 * Reports a hung load to the model's watchdog as a network that does not answer, but only while no version of the model
 * serves: then only a restart may help. A version that serves goes on serving, and a restart would end that.
 */
public final class HungLoad {

    private final NamedModel model;
    private final ReentrantLock telling = new ReentrantLock();

    private HungLoad(NamedModel model) {
        this.model = model;
    }

    /** Starts to follow the loads and the state of a model. */
    public static void follow(NamedModel model) {
        HungLoad watch = new HungLoad(model);
        model.watcher().loads().onChange(watch::tell);
        model.slot().onChange(watch::tell);
    }

    /**
     * Reports under a lock, so that an older finding never follows a newer one: a model that has just begun to serve
     * would be taken for a hung one.
     */
    private void tell() {
        telling.lock();
        try {
            boolean hangs = !model.watcher().loads().hanging().isEmpty();
            model.watchdog().loadHangs(hangs && model.served() == null);
        } finally {
            telling.unlock();
        }
    }
}
