package io.scopegate.server.grpc;

import io.grpc.Attributes;
import io.grpc.Context;
import io.grpc.Grpc;
import io.grpc.ServerCall;
import java.net.InetSocketAddress;
import java.security.Principal;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Identifies the client at the other end of a connection.
 *
 * @param connection number of the connection
 * @param address of the client
 * @param certificate the subject of the verified certificate that the client presented; null for none
 */
record Caller(long connection, String address, @Nullable LdapName certificate) {

    /** The attribute of each connection that holds its caller. */
    static final Attributes.Key<Caller> ATTRIBUTE = Attributes.Key.create("scopegate-caller");

    private static final Context.Key<Caller> CURRENT = Context.key("scopegate-caller");

    private static final String COMMON_NAME = "CN";
    private static final String UNIT = "OU";

    /** Returns the caller of this call. */
    static Caller of(ServerCall<?, ?> call) {
        return Objects.requireNonNull(call.getAttributes().get(ATTRIBUTE), "noted by Connections");
    }

    /** Returns the caller of the current call. */
    static Caller current() {
        return CURRENT.get();
    }

    /** Returns the context of a call, extended by this caller. */
    Context in(Context call) {
        return call.withValue(CURRENT, this);
    }

    /** Creates the caller of a new connection from the connection's attributes. */
    static Caller of(long number, Attributes connection) {
        String address = connection.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR) instanceof InetSocketAddress remote
                ? remote.getHostString()
                : "unknown";
        return new Caller(number, address, certificate(connection.get(Grpc.TRANSPORT_ATTR_SSL_SESSION)));
    }

    private static @Nullable LdapName certificate(@Nullable SSLSession session) {
        if (session == null) {
            return null;
        }
        try {
            Principal peer = session.getPeerPrincipal();
            return new LdapName(peer.getName());
        } catch (SSLPeerUnverifiedException | InvalidNameException e) {
            return null;
        }
    }

    /**
     * Returns the identity by which limits per client count: the certificate's subject or, without one, the address.
     */
    String client() {
        return certificate == null ? address : certificate.toString();
    }

    /** Returns whether the caller's certificate names this organisational unit (OU). */
    boolean isOf(String unit) {
        return values(UNIT).contains(unit);
    }

    /** Returns a name for the log: the certificate's common name (CN) if it has one, otherwise {@link #client()}. */
    String name() {
        return values(COMMON_NAME).stream().findFirst().orElseGet(this::client);
    }

    private List<String> values(String type) {
        List<Rdn> parts = certificate == null ? List.of() : certificate.getRdns();
        return parts.stream()
                .flatMap(part -> Optional.ofNullable(part.toAttributes().get(type)).stream())
                .flatMap(values -> all(values).stream())
                .map(String::valueOf)
                .toList();
    }

    private static List<?> all(Attribute values) {
        try {
            return Collections.list(values.getAll());
        } catch (NamingException e) {
            throw new IllegalStateException("the values of a name are in memory", e);
        }
    }
}
