package io.scopegate.server.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.nio.file.Path;
import java.util.Map;

/** A server with low limits for pixels, connections, streams and opening time. Server reflection is enabled. */
public final class ServedLimits implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        Path models = ServedTinyModel.newRepository();
        TinyModel.spotDetector().publish(models);
        return Map.of(
                "scopegate.models", models.toString(),
                "scopegate.max-pixels", "10000",
                "scopegate.max-connections", "3",
                "scopegate.max-streams-per-connection", "2",
                "scopegate.max-streams-per-client", "3",
                "scopegate.open-time", "300ms",
                "scopegate.reflection", "true");
    }
}
