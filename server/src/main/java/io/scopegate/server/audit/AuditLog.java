package io.scopegate.server.audit;

import io.scopegate.audit.AuditEvent;
import io.scopegate.audit.AuditFiles;
import io.scopegate.audit.AuditInUseException;
import io.scopegate.audit.AuditLock;
import io.scopegate.audit.LogLimits;
import io.scopegate.server.frame.ServerClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The files of the log, opened anew after a fault. Writes on one thread; its state may be asked for on any. */
final class AuditLog implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(AuditLog.class);
    private static final String UNOPENED = "not yet opened";
    private static final String WRITING = "writing";

    /** A disk may take its time; one that takes longer may never answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Path directory;
    private final LogLimits limits;
    private final ServerClock clock;
    private @Nullable AuditLock lock;
    private @Nullable AuditFiles files;
    private long lostAsWritten;
    private volatile String state = UNOPENED;
    private volatile @Nullable Attempt attempt;

    AuditLog(Path directory, LogLimits limits, ServerClock clock) {
        this.directory = directory;
        this.limits = limits;
        this.clock = clock;
    }

    /** That is under way. */
    private record Attempt(Instant since, long sinceNanos) {}

    Path directory() {
        return directory;
    }

    /** Not yet opened, writing, or why not. */
    String state() {
        Attempt hanging = hanging();
        return hanging == null ? state : directory + ": has not answered since " + hanging.since();
    }

    /** Whether the last attempt has succeeded, and none has been waiting for the disk for longer than it may. */
    boolean isWriting() {
        return state.equals(WRITING) && hanging() == null;
    }

    private @Nullable Attempt hanging() {
        Attempt current = attempt;
        return current != null && clock.nanoTime() - current.sinceNanos() > PATIENCE.toNanos() ? current : null;
    }

    /** Whether the last attempt to open or write it has failed. */
    boolean hasFailed() {
        return !state.equals(WRITING) && !state.equals(UNOPENED);
    }

    /** Whether the log itself does not tell yet of so many lost events. */
    boolean lacks(long lost) {
        return lost > lostAsWritten;
    }

    /**
     * Takes the right to write, which it has until it is closed. Whether the log can be written is not yet known.
     *
     * @return false if another server has it
     */
    boolean reserve() {
        try {
            begin();
            lock();
        } catch (AuditInUseException e) {
            return false;
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
        } finally {
            attempt = null;
        }
        return true;
    }

    private void begin() {
        attempt = new Attempt(clock.wallTime(), clock.nanoTime());
    }

    private void lock() throws IOException {
        if (lock == null) {
            lock = AuditLock.take(directory);
        }
    }

    private AuditFiles open() throws IOException {
        lock();
        return files == null ? AuditFiles.open(directory, limits, clock.wallTime()) : files;
    }

    /**
     * Writes events, and before them how many have been lost, if the log does not tell of that yet. A fault of any kind is
     * logged once until it works again: the thread that writes must outlive it.
     *
     * @param lost how many events have been lost until now
     * @return how many of the events are in the log, the first of them; the others will not be
     */
    int write(List<AuditEvent> events, long lost) {
        long whole = 0;
        try {
            begin();
            AuditFiles open = open();
            files = open;
            tell(open, lost);
            long before = open.taken();
            try {
                open.write(events);
            } finally {
                whole = open.taken() - before;
            }
            state = WRITING;
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
        } finally {
            attempt = null;
        }
        return Math.toIntExact(whole);
    }

    private void tell(AuditFiles open, long lost) throws IOException {
        if (lacks(lost)) {
            open.write(List.of(AuditEvent.of(clock.wallTime(), "events-lost").with("sinceStart", lost)));
            lostAsWritten = lost;
        }
    }

    private void fail(Throwable fault) {
        String text = fault instanceof Error ? fault.toString() : fault.getMessage();
        String reason = directory + ": cannot be written: " + text;
        if (!reason.equals(state)) {
            LOG.error(reason);
        }
        state = reason;
        // What was written in part is a torn line, which opening anew accounts for.
        closeFiles();
    }

    private void closeFiles() {
        close(files);
        files = null;
    }

    private void close(@Nullable AutoCloseable open) {
        if (open != null) {
            try {
                open.close();
            } catch (Exception e) {
                LOG.errorf("%s: cannot be closed: %s", directory, e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        closeFiles();
        close(lock);
        lock = null;
    }
}
