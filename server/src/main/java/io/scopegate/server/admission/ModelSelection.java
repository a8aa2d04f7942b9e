package io.scopegate.server.admission;

import io.scopegate.server.frame.ModelIdentity;
import org.jspecify.annotations.Nullable;

/**
 * The model that a client asks for.
 *
 * @param name of the model; null for the server's default model
 * @param version of the model as text; null for the version that is served
 */
public record ModelSelection(
        @Nullable String name, @Nullable String version) {

    /** The server's default model, in whichever version is served. */
    public static final ModelSelection SERVED = new ModelSelection(null, null);

    /** Returns whether the given model satisfies this selection; a null name or version matches any. */
    public boolean matches(ModelIdentity model) {
        return (name == null || name.equals(model.name()))
                && (version == null || version.equals(String.valueOf(model.version())));
    }

    /** Returns {@code NAME/VERSION} for messages, with {@code *} for what is not selected. */
    public String reference() {
        return (name == null ? "*" : name) + "/" + (version == null ? "*" : version);
    }
}
