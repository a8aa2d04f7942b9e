package io.scopegate.client;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * What a client was built with, except for the transport.
 *
 * @param scheduler creates the client's own scheduler
 */
record ClientSettings(
        String program,
        Duration openTimeout,
        int maxMessageBytes,
        KeepAlive keepAlive,
        TimeSource time,
        Supplier<Scheduler> scheduler) {}
