package io.scopegate.server.telemetry;

/** Why the TLS handshake of a new connection failed. */
public enum FailedHandshake {
    /**
     * The client presented no certificate, although one is required. It may have none, or none from an authority that
     * the server names.
     */
    NO_CERTIFICATE,
    /** The client's certificate, or one that vouches for it, is not valid now. */
    CERTIFICATE_EXPIRED,
    /** The client's certificate was not issued by a configured authority, or is not one for a client. */
    CERTIFICATE_UNTRUSTED,
    /** The client refused the handshake, most often because it does not trust the server's certificate. */
    REFUSED_BY_CLIENT,
    /** The client sent something other than TLS. */
    PLAIN_TEXT,
    /** Client and server have no protocol version, cipher or application protocol in common. */
    PROTOCOL,
    /** The connection was closed or timed out before the handshake was complete. */
    CLOSED,
    /** Anything else. */
    OTHER
}
