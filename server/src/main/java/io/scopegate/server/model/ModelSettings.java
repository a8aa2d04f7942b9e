package io.scopegate.server.model;

import io.scopegate.server.infer.BatchLimits;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one model to serve.
 *
 * @param root directory of all models, {@code NAME/VERSION} each
 * @param name null for the only model in the directory
 * @param version null for the highest version
 * @param batchLimits room for frames on their way to the network
 * @param reload how new versions are taken up
 */
public record ModelSettings(
        Path root, @Nullable String name, @Nullable Integer version, BatchLimits batchLimits, ReloadSettings reload) {}
