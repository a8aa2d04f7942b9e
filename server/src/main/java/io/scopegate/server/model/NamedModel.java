package io.scopegate.server.model;

import io.scopegate.server.frame.ModelIdentity;
import io.scopegate.server.infer.Pulse;
import org.jspecify.annotations.Nullable;

/**
 * One of the served models, and what it has for itself alone, so that nothing that befalls it touches another.
 *
 * @param slot the place of the version that serves
 * @param watcher looks for other versions
 * @param pulse whether its network answers
 */
public record NamedModel(ModelSlot slot, ModelWatcher watcher, Pulse pulse) {

    /** As configured, or of the version that is or was served last; {@link ModelSlot#UNNAMED} while nobody knows. */
    public String name() {
        return slot.name();
    }

    /** The version that serves, if one does. */
    public @Nullable ModelIdentity served() {
        return slot.state() instanceof ModelState.Serving(ModelIdentity identity, var _) ? identity : null;
    }

    /** True if its frames are judged. */
    public boolean answers() {
        return served() != null && pulse.life().alive();
    }

    /** Says which version serves. */
    public ModelControl control() {
        return new ModelControl(watcher);
    }
}
