package io.scopegate.server.grpc;

import io.grpc.Attributes;
import io.grpc.ServerTransportFilter;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.scopegate.server.frame.ServerClock;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * Counts the open connections and records the caller of each. A connection over the limit is closed with the limit as
 * the reason. Any thread.
 */
@Singleton
final class Connections extends ServerTransportFilter {

    private final int limit;
    private final LimitedLog log;
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicBoolean full = new AtomicBoolean();

    Connections(ConnectionSettings settings, ServerClock clock) {
        this.limit = settings.maxConnections();
        this.log = new LimitedLog(Logger.getLogger(Connections.class), clock::nanoTime);
    }

    int count() {
        return open.get();
    }

    @Override
    public Attributes transportReady(Attributes attributes) {
        if (open.incrementAndGet() > limit) {
            open.decrementAndGet();
            throw tooMany();
        }
        Caller caller = Caller.of(numbers.incrementAndGet(), attributes);
        return attributes.toBuilder().set(Caller.ATTRIBUTE, caller).build();
    }

    private RefusedException tooMany() {
        String text = "connections: at most " + limit + ", not " + (limit + 1);
        if (full.compareAndSet(false, true)) {
            log.say(Level.WARN, "%s; refusing further connections", text);
        }
        return new RefusedException(text);
    }

    /**
     * The transport looks for the cause of this exception, closes the connection with the cause's text as the reason,
     * and logs both.
     */
    private static final class RefusedException extends RuntimeException {

        RefusedException(String text) {
            super(text, new Reason(text), false, false);
        }
    }

    private static final class Reason extends Http2Exception {

        Reason(String text) {
            super(Http2Error.ENHANCE_YOUR_CALM, text);
        }

        /** Records no stack trace, since the transport logs this for each connection that is refused. */
        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }

    /** Also called for connections that never became ready, which have no attributes. */
    @Override
    public void transportTerminated(@Nullable Attributes attributes) {
        if (attributes != null && attributes.get(Caller.ATTRIBUTE) != null) {
            open.decrementAndGet();
            full.set(false);
        }
    }
}
