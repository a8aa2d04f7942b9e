package io.scopegate.server.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** A server whose repository is empty. */
public final class ServedNoModel implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("scopegate.models", ServedTinyModel.newRepository().toString());
    }
}
