package io.scopegate.server.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A server that serves the spot detector. It reads messages of up to 1 MiB, keeps up to 16 answers for a slow reader,
 * and keeps an audit log.
 */
public final class ServedTinyModel implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        Path models = newRepository();
        TinyModel.spotDetector().publish(models);
        return Map.of(
                "scopegate.models",
                models.toString(),
                "scopegate.audit.directory",
                models.resolveSibling(models.getFileName() + "-audit").toString(),
                "scopegate.max-message",
                "1M",
                "scopegate.stream.answers",
                "16");
    }

    static Path newRepository() {
        try {
            return Files.createTempDirectory("models");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
