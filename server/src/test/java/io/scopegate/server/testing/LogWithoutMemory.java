package io.scopegate.server.testing;

import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * A log handler that throws {@link OutOfMemoryError} for everything a class logs, as if memory ran out while logging.
 * The test that creates it closes it.
 */
public final class LogWithoutMemory extends Handler implements AutoCloseable {

    private final Logger logger;
    private final OutOfMemoryError fault = new OutOfMemoryError("for a test");

    /** Fails everything that this class logs. */
    public LogWithoutMemory(Class<?> user) {
        this.logger = Logger.getLogger(user.getName());
        logger.addHandler(this);
    }

    /** Returns the error that is thrown. */
    public OutOfMemoryError fault() {
        return fault;
    }

    @Override
    public void publish(LogRecord entry) {
        throw fault;
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
