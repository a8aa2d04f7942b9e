package io.scopegate.server.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A server of two models that always contradict each other; its repository holds a third, which is not served. */
public final class ServedTwoModels implements QuarkusTestProfile {

    public static final String TOKEN = "a-token-of-the-tests";

    @Override
    public Map<String, String> getConfigOverrides() {
        Path models = ServedTinyModel.newRepository();
        TinyModel.spotDetector().publish(models);
        TinyModel.spotRefuser(1).publish(models);
        TinyModel.nanWithoutSpot().publish(models);
        return Map.of(
                "scopegate.models", models.toString(),
                "scopegate.served-models", "tiny,contrary",
                "scopegate.model.settle-time", "50ms",
                "scopegate.admin.enabled", "true",
                "scopegate.admin.token-file", tokens().toString());
    }

    private static Path tokens() {
        try {
            return Files.writeString(Files.createTempFile("tokens", ""), TOKEN + " tester\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
