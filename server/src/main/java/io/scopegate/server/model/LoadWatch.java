package io.scopegate.server.model;

import io.scopegate.server.frame.ServerClock;
import io.scopegate.server.infer.Listeners;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Detects that loading and verifying a version of one model takes longer than it may. A driver may never return from
 * opening a network or from a golden run, and the thread that waits for it cannot report that. Thread-safe, except
 * that only one thread may call {@link #look()}, from time to time.
 */
public final class LoadWatch {

    private static final Logger LOG = Logger.getLogger(LoadWatch.class);

    private final ModelSlot slot;
    private final Duration limit;
    private final ServerClock clock;
    private final Listeners<Runnable> listeners = new Listeners<>("a listener for hung model loads failed");
    private final AtomicReference<@Nullable Underway> current = new AtomicReference<>();
    private final AtomicReference<@Nullable Underway> told = new AtomicReference<>();
    private final AtomicBoolean allHeard = new AtomicBoolean(true);

    /**
     * Creates a watch with no load in progress.
     *
     * @param slot slot in which the loaded version is to serve
     * @param limit how long a load may take
     */
    LoadWatch(ModelSlot slot, Duration limit, ServerClock clock) {
        this.slot = slot;
        this.limit = limit;
        this.clock = clock;
    }

    /** A load in progress; closing it ends the load. */
    final class Underway implements AutoCloseable {

        private final String reference;
        private final Instant since = clock.wallTime();
        private final long sinceNanos = clock.nanoTime();

        private Underway(String reference) {
            this.reference = reference;
        }

        Duration took() {
            return Duration.ofNanos(clock.nanoTime() - sinceNanos);
        }

        private String text() {
            return "loading " + reference + " has been in progress since " + since;
        }

        @Override
        public void close() {
            current.compareAndSet(this, null);
        }
    }

    /** Begins a load. Only one may be in progress at a time. */
    Underway begin(String reference) {
        Underway load = new Underway(reference);
        current.set(load);
        return load;
    }

    /** Returns how long the current load has taken; zero if there is none. */
    public Duration time() {
        Underway load = current.get();
        return load == null ? Duration.ZERO : load.took();
    }

    /** Returns a text that describes the load that takes longer than it may; empty if none does. */
    public String hanging() {
        Underway load = hung();
        return load == null ? "" : load.text();
    }

    private @Nullable Underway hung() {
        Underway load = current.get();
        return load != null && load.took().compareTo(limit) >= 0 ? load : null;
    }

    /**
     * Adds a listener that is called when a load hangs, and when it has ended after all, on the thread that calls
     * {@link #look()}. If one listener fails, all are called again by each {@code look()} until all succeed.
     */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** Logs and notifies the listeners of a load that now hangs or has ended since the last call. */
    void look() {
        Underway load = hung();
        boolean news = load != told.get();
        if (news || !allHeard.get()) {
            allHeard.set(false);
            told.set(load);
            allHeard.set(listeners.tell(Runnable::run));
        }
        if (news) {
            say(load);
        }
    }

    private void say(@Nullable Underway load) {
        if (load == null) {
            LOG.info(slot.called() + ": the load that exceeded scopegate.model.load-limit has ended");
        } else {
            LOG.errorf(
                    "%s: %s, which exceeds scopegate.model.load-limit; %s",
                    slot.called(), load.text(), slot.consequence());
        }
    }
}
