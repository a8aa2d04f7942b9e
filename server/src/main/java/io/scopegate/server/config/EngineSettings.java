package io.scopegate.server.config;

import java.nio.file.Path;

/**
 * Where TensorRT's engines are kept.
 *
 * @param directory directory of all engines; servers may share it
 */
public record EngineSettings(Path directory) {}
