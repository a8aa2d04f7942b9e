package io.scopegate.server.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.nio.file.Path;
import java.util.Map;

/** A server that serves the spot detector and loads a newly published version 50 ms after its files settle. */
public final class ServedReloads implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        Path models = ServedTinyModel.newRepository();
        TinyModel.version(1).publish(models);
        return Map.of("scopegate.models", models.toString(), "scopegate.model.settle-time", "50ms");
    }
}
