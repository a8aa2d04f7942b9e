package io.scopegate.cli.lifetime;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Resources that were opened one after the other. They are closed in reverse order, each even if closing another one
 * fails. Not thread-safe.
 */
public final class CloseableStack implements AutoCloseable {

    private final Deque<Closing> newestFirst = new ArrayDeque<>();

    /** Closes one resource. */
    @FunctionalInterface
    public interface Closing extends AutoCloseable {
        @Override
        void close() throws IOException, InterruptedException;
    }

    /** Adds a resource that was opened after the others. */
    public void add(Closing closing) {
        newestFirst.push(closing);
    }

    /** Closes all resources; has no effect the second time. */
    @Override
    public void close() throws IOException, InterruptedException {
        Closing newest = newestFirst.poll();
        if (newest != null) {
            try (CloseableStack _ = this;
                    newest) {
                // The newest is closed first, then the others.
            }
        }
    }
}
