package io.scopegate.server.config;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;

/** Stops the start where a key asks for protection that Quarkus fixes when it is built: it would go without, and warn. */
@Singleton
final class UnheededKeys {

    private static final String HTTP_CLIENT_AUTH = "quarkus.http.ssl.client-auth";
    private static final String NONE = "none";

    void check(@Observes StartupEvent event, Config config) {
        refuse(config);
    }

    static void refuse(Config config) {
        StreamSupport.stream(config.getConfigSources().spliterator(), false)
                .map(source -> source.getValue(HTTP_CLIENT_AUTH))
                .filter(value -> value != null && !value.equalsIgnoreCase(NONE))
                .findAny()
                .ifPresent(value -> {
                    throw new IllegalArgumentException(HTTP_CLIENT_AUTH + ": absent, since it would not be heeded, not "
                            + value + "; for clients of gRPC there is scopegate.tls.client-authorities");
                });
    }
}
