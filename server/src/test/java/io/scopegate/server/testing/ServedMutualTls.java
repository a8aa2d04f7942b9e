package io.scopegate.server.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A server that serves the spot detector to clients with a certificate, takes orders from those of a unit, and reads 1 MiB
 * at most.
 */
public final class ServedMutualTls implements QuarkusTestProfile {

    public static final String OPERATORS = "operators";

    /** Under the build's own folder, since the test and the server under test do not share their classes. */
    public static final Certificates FILES = new Certificates(Path.of("target", "served-mutual-tls"));

    @Override
    public Map<String, String> getConfigOverrides() {
        Path models = ServedTinyModel.newRepository();
        TinyModel.spotDetector().publish(models);
        try {
            Files.createDirectories(FILES.directory());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        FILES.use(new Authority("first"));
        return Map.of(
                "scopegate.models",
                models.toString(),
                "scopegate.max-message",
                "1M",
                "scopegate.tls.certificate",
                FILES.certificate().toString(),
                "scopegate.tls.key",
                FILES.key().toString(),
                "scopegate.tls.client-authorities",
                FILES.clientAuthorities().toString(),
                "scopegate.tls.reload-interval",
                "20ms",
                "scopegate.admin.enabled",
                "true",
                "scopegate.admin.certificate-unit",
                OPERATORS);
    }
}
