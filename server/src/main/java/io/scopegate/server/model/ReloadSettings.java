package io.scopegate.server.model;

import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How new versions are taken up.
 *
 * @param pollInterval how often the repository is looked at where its file system does not tell of changes
 * @param settleTime how long a new directory has to look the same before it is touched
 * @param memoryFactor how many times its network's size a model needs in memory; 0 does not ask
 * @param loadLimit how long one may take to be loaded and proven before it counts as hanging
 * @param publicKey Ed25519, which every model has to be signed for; null takes unsigned ones
 * @param stateDirectory where a pin is kept over a restart; null forgets it
 */
public record ReloadSettings(
        Duration pollInterval,
        Duration settleTime,
        double memoryFactor,
        Duration loadLimit,
        @Nullable PublicKey publicKey,
        @Nullable Path stateDirectory) {}
