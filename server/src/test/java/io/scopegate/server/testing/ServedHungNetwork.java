package io.scopegate.server.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** A server whose repository is empty, and which does not wait long for its network. */
public final class ServedHungNetwork implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "scopegate.models",
                ServedTinyModel.newRepository().toString(),
                "scopegate.inference.hang-limit",
                "300ms",
                "scopegate.inference.canary-interval",
                "100ms");
    }
}
