package io.scopegate.server.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A server that serves the spot detector to clients with a certificate. It accepts admin calls from certificates of the
 * unit {@value #OPERATORS}, reads messages of up to 1 MiB and pings its clients every 200 ms.
 */
public final class ServedMutualTls implements QuarkusTestProfile {

    public static final String OPERATORS = "operators";

    /**
     * At a fixed path in the build folder: the test and the server under test load this class separately, so an
     * instance made by one is unknown to the other.
     */
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
        return Map.ofEntries(
                Map.entry("scopegate.models", models.toString()),
                Map.entry("scopegate.max-message", "1M"),
                Map.entry("scopegate.tls.certificate", FILES.certificate().toString()),
                Map.entry("scopegate.tls.key", FILES.key().toString()),
                Map.entry(
                        "scopegate.tls.client-authorities",
                        FILES.clientAuthorities().toString()),
                Map.entry("scopegate.tls.reload-interval", "20ms"),
                Map.entry("scopegate.connection.ping-interval", "200ms"),
                Map.entry("scopegate.connection.ping-timeout", "200ms"),
                Map.entry("scopegate.admin.enabled", "true"),
                Map.entry("scopegate.admin.certificate-unit", OPERATORS));
    }
}
