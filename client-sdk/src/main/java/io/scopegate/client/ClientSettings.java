package io.scopegate.client;

import java.time.Duration;

/** What a client was built with, but for the transport. */
record ClientSettings(String program, Duration openTimeout, int maxMessageBytes, TimeSource time) {}
