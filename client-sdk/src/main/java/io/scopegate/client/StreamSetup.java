package io.scopegate.client;

import java.util.function.Consumer;

/**
 * What a stream has from its client.
 *
 * @param maxMessageBytes the largest message that may be sent
 * @param ended told once, while the stream's lock is held
 */
record StreamSetup(TimeSource time, Scheduler scheduler, int maxMessageBytes, Consumer<StreamCall> ended) {}
