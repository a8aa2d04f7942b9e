package io.scopegate.server.model;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Which model to serve.
 *
 * @param root directory of all models, {@code NAME/VERSION} each
 * @param name null means the only one there
 * @param version null means the highest one there
 * @param tensors how many prepared frames may wait for the network
 * @param reload how new versions are taken up
 */
public record ModelSettings(
        Path root, @Nullable String name, @Nullable Integer version, int tensors, ReloadSettings reload) {}
