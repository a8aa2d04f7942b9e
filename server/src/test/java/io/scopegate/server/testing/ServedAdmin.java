package io.scopegate.server.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A server with versions tiny/1 to tiny/3 that accepts admin calls with a token and keeps an audit log. */
public final class ServedAdmin implements QuarkusTestProfile {

    public static final String TOKEN = "a-token-of-the-tests";

    /** The only line of the token file. */
    public static final String LINE = TOKEN + " tester\n";

    @Override
    public Map<String, String> getConfigOverrides() {
        Path models = ServedTinyModel.newRepository();
        for (int version = 1; version <= 3; version++) {
            TinyModel.version(version).publish(models);
        }
        return Map.of(
                "scopegate.models", models.toString(),
                "scopegate.audit.directory",
                        models.resolveSibling(models.getFileName() + "-audit").toString(),
                "scopegate.admin.enabled", "true",
                "scopegate.admin.token-file", tokens().toString());
    }

    private static Path tokens() {
        try {
            return Files.writeString(Files.createTempFile("tokens", ""), LINE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
