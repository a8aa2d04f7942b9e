package io.scopegate.client;

import java.util.Objects;
import java.util.Optional;

/**
 * Which model to use.
 *
 * @param version empty means the version that is served
 */
public record ModelSelection(String name, Optional<String> version) {
    /** Throws if an argument is null. */
    public ModelSelection {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(version, "version");
    }

    /** The served version of this model. */
    public static ModelSelection named(String name) {
        return new ModelSelection(name, Optional.empty());
    }

    /** This version of the model and no other. */
    public ModelSelection version(String exactVersion) {
        return new ModelSelection(name, Optional.of(Objects.requireNonNull(exactVersion, "exactVersion")));
    }

    io.scopegate.proto.v1.ModelSelection message() {
        return io.scopegate.proto.v1.ModelSelection.newBuilder()
                .setName(name)
                .setVersion(version.orElse(""))
                .build();
    }
}
