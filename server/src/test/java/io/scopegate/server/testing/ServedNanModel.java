package io.scopegate.server.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.nio.file.Path;
import java.util.Map;

/** A server whose network returns NaN for pictures without a spot. */
public final class ServedNanModel implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        Path models = ServedTinyModel.newRepository();
        TinyModel.nanWithoutSpot().publish(models);
        return Map.of("scopegate.models", models.toString());
    }
}
