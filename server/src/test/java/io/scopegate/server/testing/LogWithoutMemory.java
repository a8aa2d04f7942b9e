package io.scopegate.server.testing;

import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Where something is to be said, memory is what there is none of. Closed by whoever has made it. */
public final class LogWithoutMemory extends Handler implements AutoCloseable {

    private final Logger logger;
    private final OutOfMemoryError fault = new OutOfMemoryError("for a test");

    /** Of what this class says. */
    public LogWithoutMemory(Class<?> user) {
        this.logger = Logger.getLogger(user.getName());
        logger.addHandler(this);
    }

    /** What is thrown. */
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
