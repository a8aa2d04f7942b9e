package io.scopegate.server.grpc;

import java.time.Duration;

/**
 * What clients may take of the transport.
 *
 * @param maxConnections how many there may be at once
 * @param calls how many calls each may have open
 * @param times how long it may be silent
 * @param reflection whether it may ask which services and messages there are
 */
public record ConnectionSettings(int maxConnections, CallShare calls, Times times, boolean reflection) {

    /**
     * How many streams and single frames may be open at once.
     *
     * @param perConnection on one connection
     * @param perClient of one holder of a certificate, or from one address
     */
    public record CallShare(int perConnection, int perClient) {}

    /**
     * How long a client may take.
     *
     * @param opening until the first message of a call has come
     * @param handshake until a connection is set up
     * @param pingInterval after which a silent connection is asked for a sign of life
     * @param pingTimeout until that sign has come
     */
    public record Times(Duration opening, Duration handshake, Duration pingInterval, Duration pingTimeout) {}
}
