package io.scopegate.client;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * What a client was built with, but for the transport.
 *
 * @param scheduler makes the client's own
 */
record ClientSettings(
        String program,
        Duration openTimeout,
        int maxMessageBytes,
        KeepAlive keepAlive,
        TimeSource time,
        Supplier<Scheduler> scheduler) {}
