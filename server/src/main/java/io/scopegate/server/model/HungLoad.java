package io.scopegate.server.model;

/**
 * Takes a model of which no version serves while one hangs that is being loaded for one whose network does not answer: only a
 * new start may help. One that serves goes on, which a new start would put an end to.
 */
public final class HungLoad {

    private HungLoad() {}

    /** Watches a model from now on. */
    public static void follow(NamedModel model) {
        model.watcher().loads().onChange(() -> tell(model));
        model.slot().onChange(() -> tell(model));
    }

    private static void tell(NamedModel model) {
        boolean hangs = !model.watcher().loads().hanging().isEmpty();
        model.pulse().loadHangs(hangs && model.served() == null);
    }
}
