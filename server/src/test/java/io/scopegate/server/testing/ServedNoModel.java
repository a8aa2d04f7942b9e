package io.scopegate.server.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** A server whose repository is empty. */
public final class ServedNoModel implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "scopegate.models",
                ServedTinyModel.newRepository().toString(),
                // Tests hold runs and count them, on machines that may be slow.
                "scopegate.inference.hang-limit",
                "10m",
                "scopegate.inference.canary-interval",
                "10m");
    }
}
