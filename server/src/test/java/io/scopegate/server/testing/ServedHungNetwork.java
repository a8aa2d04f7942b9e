package io.scopegate.server.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** A server with an empty repository that reports a hung network after 300 ms and runs its canary every 100 ms. */
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
