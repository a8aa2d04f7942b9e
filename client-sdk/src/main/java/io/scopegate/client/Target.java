package io.scopegate.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses the address of a server. */
final class Target {
    private static final Pattern HOST_AND_PORT =
            Pattern.compile("(\\[[0-9a-fA-F:.]+(?:%[A-Za-z0-9._-]+)?]|[A-Za-z0-9.-]+):([0-9]{1,9})");

    private Target() {}

    /**
     * Returns the transport's name for {@code host:port}. It states the resolver, since gRPC would take a host that is
     * called like a resolver for one.
     *
     * @throws IllegalArgumentException if the host is invalid, or the port is not 1 to 65535
     */
    static String dnsName(String target) {
        Matcher parts = HOST_AND_PORT.matcher(Objects.requireNonNull(target, "target"));
        if (!parts.matches()) {
            throw notHostAndPort(target, null);
        }
        int port = Integer.parseInt(parts.group(2));
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port: 1 to 65535, not " + parts.group(2));
        }
        try {
            // The transport parses the host in this way again, and would find out only then that it is invalid.
            new URI("dns", null, parts.group(1), port, null, null, null);
            return new URI("dns", "", "/" + target, null).toString();
        } catch (URISyntaxException e) {
            throw notHostAndPort(target, e);
        }
    }

    private static IllegalArgumentException notHostAndPort(String target, @Nullable URISyntaxException cause) {
        return new IllegalArgumentException("target is \"" + target + "\", expected host:port", cause);
    }
}
