package io.scopegate.cli.lifetime;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** What was opened one after the other, and is closed in reverse order, each whatever the others do. One thread. */
public final class Opened implements AutoCloseable {

    private final Deque<Closing> newestFirst = new ArrayDeque<>();

    /** How something is closed. */
    @FunctionalInterface
    public interface Closing extends AutoCloseable {
        @Override
        void close() throws IOException, InterruptedException;
    }

    /** Something else was opened. */
    public void add(Closing closing) {
        newestFirst.push(closing);
    }

    /** Closes all of it; a second time does nothing. */
    @Override
    public void close() throws IOException, InterruptedException {
        Closing newest = newestFirst.poll();
        if (newest != null) {
            try (Opened _ = this;
                    newest) {
                // The newest first.
            }
        }
    }
}
