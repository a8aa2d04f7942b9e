package io.scopegate.server.model;

import java.util.concurrent.locks.ReentrantLock;

/**
 * Takes a model of which no version serves while one hangs that is being loaded for one whose network does not answer: only a
 * new start may help. One that serves goes on, which a new start would put an end to.
 */
public final class HungLoad {

    private final NamedModel model;
    private final ReentrantLock telling = new ReentrantLock();

    private HungLoad(NamedModel model) {
        this.model = model;
    }

    /** Watches a model from now on. */
    public static void follow(NamedModel model) {
        HungLoad watch = new HungLoad(model);
        model.watcher().loads().onChange(watch::tell);
        model.slot().onChange(watch::tell);
    }

    /** What was so first is not told last: a model that has just begun to serve would be taken for one that hangs. */
    private void tell() {
        telling.lock();
        try {
            boolean hangs = !model.watcher().loads().hanging().isEmpty();
            model.pulse().loadHangs(hangs && model.served() == null);
        } finally {
            telling.unlock();
        }
    }
}
