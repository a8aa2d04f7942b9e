package io.scopegate.server.telemetry;

/** Why the TLS handshake of a new connection has failed. */
public enum FailedHandshake {
    /** The client has shown no certificate, and needs one; perhaps it has none but of an authority that is not asked for. */
    NO_CERTIFICATE,
    /** The client's certificate, or one that vouches for it, is not valid now. */
    CERTIFICATE_EXPIRED,
    /** The client's certificate is not of one of the configured authorities, or is not one for a client. */
    CERTIFICATE_UNTRUSTED,
    /** The client has refused, most often since it does not trust the server's certificate. */
    REFUSED_BY_CLIENT,
    /** What came was not TLS. */
    PLAIN_TEXT,
    /** No protocol version, cipher or application protocol in common. */
    PROTOCOL,
    /** The connection was closed, or its time ran out, before the handshake was over. */
    CLOSED,
    /** Anything else. */
    OTHER
}
