package io.scopegate.server.config;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;

/**
 * Stops the start if a key asks for protection that would not be in effect: a key that Quarkus fixes at build time,
 * for which it would only log a warning, or a key with an empty value, such as that of an unset variable, which counts
 * as absent.
 */
@Singleton
final class IneffectiveKeys {

    private static final String HTTP_CLIENT_AUTH = "quarkus.http.ssl.client-auth";
    private static final String NONE = "none";
    private static final List<String> PROFILES = List.of("", "%prod.", "%test.");
    private static final List<String> PROTECTIVE = List.of(
            "scopegate.tls.certificate",
            "scopegate.tls.key",
            "scopegate.tls.client-authorities",
            "scopegate.model-public-key",
            "scopegate.audit.directory",
            "scopegate.admin.token-file",
            "scopegate.admin.certificate-unit");

    void check(@Observes StartupEvent event, Config config) {
        refuse(config);
    }

    static void refuse(Config config) {
        StreamSupport.stream(config.getConfigSources().spliterator(), false)
                .flatMap(source -> PROFILES.stream().map(profile -> source.getValue(profile + HTTP_CLIENT_AUTH)))
                .filter(value -> value != null && !value.equalsIgnoreCase(NONE))
                .findAny()
                .ifPresent(value -> {
                    throw new IllegalArgumentException(HTTP_CLIENT_AUTH + ": not supported, but set to " + value
                            + "; to authenticate gRPC clients, set scopegate.tls.client-authorities");
                });
        for (String key : PROTECTIVE) {
            String value = config.getConfigValue(key).getRawValue();
            if (value != null && value.isBlank()) {
                throw new IllegalArgumentException(key + ": must not be empty; set a value or remove the key");
            }
        }
    }
}
