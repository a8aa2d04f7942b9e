package io.scopegate.server.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** A server with an empty repository. */
public final class ServedNoModel implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "scopegate.models",
                ServedTinyModel.newRepository().toString(),
                // Long limits, because tests hold runs and count them, possibly on slow machines.
                "scopegate.inference.hang-limit",
                "10m",
                "scopegate.inference.canary-interval",
                "10m");
    }
}
