package io.scopegate.server.config;

/** The words for it in the configuration. */
enum ConfiguredPrecision {
    FP16,
    FP32
}
