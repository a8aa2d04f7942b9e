package io.scopegate.server.grpc;

import org.jspecify.annotations.Nullable;

/** Program and version, as clients see it. */
final class ServerVersion {

    static final String TEXT = text(ServerVersion.class.getPackage().getImplementationVersion());

    private ServerVersion() {}

    private static String text(@Nullable String version) {
        return version == null ? "scopegate-server" : "scopegate-server " + version;
    }
}
