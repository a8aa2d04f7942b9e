package io.scopegate.server.model;

import io.scopegate.server.frame.ModelIdentity;
import io.scopegate.server.infer.NetworkWatchdog;
import org.jspecify.annotations.Nullable;

/**
 * One of the served models, with everything that it does not share with others, so that no fault of one model affects
 * another.
 *
 * @param slot holds the version that serves
 * @param watcher looks for other versions
 * @param watchdog tells whether its network answers
 */
public record NamedModel(ModelSlot slot, ModelWatcher watcher, NetworkWatchdog watchdog) {

    /**
     * Returns the configured name, or that of the version that is or was last served; {@link ModelSlot#UNNAMED} until
     * there is one.
     */
    public String name() {
        return slot.name();
    }

    /** Returns the version that serves, or null if none does. */
    public @Nullable ModelIdentity served() {
        return slot.state() instanceof ModelState.Serving(ModelIdentity identity, var _) ? identity : null;
    }

    /** Returns true if its frames are judged. */
    public boolean answers() {
        return served() != null && watchdog.life().alive();
    }

    /** Returns the control over which version serves. */
    public ModelControl control() {
        return new ModelControl(watcher);
    }
}
