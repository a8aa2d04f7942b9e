package io.scopegate.server.grpc;

import java.time.Duration;

/**
 * The limits of the transport.
 *
 * @param maxConnections how many connections may be open at once
 * @param calls how many calls each connection and each client may have open
 * @param times how long a client may take or be silent
 * @param reflection whether clients may ask for the services and messages by gRPC server reflection
 */
public record ConnectionSettings(int maxConnections, CallShare calls, Times times, boolean reflection) {

    /**
     * How many streams and single calls may be open at once.
     *
     * @param perConnection on one connection
     * @param perClient for one holder of a certificate or, without certificates, from one address
     */
    public record CallShare(int perConnection, int perClient) {}

    /**
     * How long a client may take or be silent.
     *
     * @param opening until a call has begun, which takes its first message and, for a call with only one, the
     *     half-close
     * @param handshake until a connection is set up
     * @param pingInterval until a silent connection is pinged
     * @param pingTimeout until something has arrived after the ping
     */
    public record Times(Duration opening, Duration handshake, Duration pingInterval, Duration pingTimeout) {}
}
