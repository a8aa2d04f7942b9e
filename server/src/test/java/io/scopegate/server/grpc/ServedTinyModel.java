package io.scopegate.server.grpc;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.scopegate.server.testing.TinyModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A server that serves the spot detector. */
public final class ServedTinyModel implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        try {
            Path models = Files.createTempDirectory("models");
            TinyModel.spotDetector().publish(models);
            return Map.of("scopegate.models", models.toString(), "scopegate.max-message", "1M");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
