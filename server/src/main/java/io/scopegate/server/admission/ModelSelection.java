package io.scopegate.server.admission;

import io.scopegate.server.frame.ModelIdentity;
import org.jspecify.annotations.Nullable;

/**
 * The model that a client wants.
 *
 * @param name of the model, or null for the one that is served
 * @param version of the model as a text, or null for the one that is served
 */
public record ModelSelection(
        @Nullable String name, @Nullable String version) {

    /** Whichever model is served. */
    public static final ModelSelection SERVED = new ModelSelection(null, null);

    /** True if that model is the one that is wanted. */
    public boolean matches(ModelIdentity model) {
        return (name == null || name.equals(model.name()))
                && (version == null || version.equals(String.valueOf(model.version())));
    }

    /** {@code NAME/VERSION}, for messages. */
    public String reference() {
        return (name == null ? "*" : name) + "/" + (version == null ? "*" : version);
    }
}
