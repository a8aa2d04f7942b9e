package io.scopegate.server.model;

import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How new versions are taken up.
 *
 * @param pollInterval how often the repository is scanned if its file system does not report changes
 * @param settleTime how long a new directory has to be unchanged before it is touched
 * @param memoryFactor how much memory a model needs, as a multiple of its network's file size; 0 skips the check
 * @param loadLimit how long loading and verifying a version may take before it counts as hung
 * @param publicKey Ed25519 key with which every model must be signed; null accepts unsigned models
 * @param stateDirectory where pins are kept across restarts; null keeps none
 */
public record ReloadSettings(
        Duration pollInterval,
        Duration settleTime,
        double memoryFactor,
        Duration loadLimit,
        @Nullable PublicKey publicKey,
        @Nullable Path stateDirectory) {}
