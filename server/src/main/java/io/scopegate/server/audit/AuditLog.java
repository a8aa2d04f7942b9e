package io.scopegate.server.audit;

import io.scopegate.audit.AuditEvent;
import io.scopegate.audit.AuditFiles;
import io.scopegate.audit.AuditInUseException;
import io.scopegate.audit.AuditLock;
import io.scopegate.audit.LogLimits;
import io.scopegate.audit.LogPosition;
import io.scopegate.server.frame.ServerClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The files of the log, reopened after a fault. Writes on one thread; its state may be read on any. */
final class AuditLog implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(AuditLog.class);
    private static final String UNOPENED = "not yet opened";
    private static final String WRITING = "writing";
    private static final String UNWRITABLE = "cannot be written";

    /** A disk may take this long; one that takes longer may never answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** How often to check that the files being written are still there: writing to a file that was removed succeeds. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final Path directory;
    private final LogLimits limits;
    private final ServerClock clock;
    private @Nullable AuditLock lock;
    private @Nullable AuditFiles files;
    private LogPosition reached = LogPosition.UNKNOWN;
    private long lookedNanos;
    private long lostAsWritten;
    private final AtomicLong lostWithFiles = new AtomicLong();
    private volatile String state = UNOPENED;
    private volatile @Nullable Attempt attempt;

    AuditLog(Path directory, LogLimits limits, ServerClock clock) {
        this.directory = directory;
        this.limits = limits;
        this.clock = clock;
    }

    /** An attempt to use the disk that is under way. */
    private record Attempt(Instant since, long sinceNanos) {}

    Path directory() {
        return directory;
    }

    /** Returns that the log is not yet opened, that it is being written, or why it is not. */
    String state() {
        Attempt hanging = hanging();
        return hanging == null ? state : directory + ": has not answered since " + hanging.since();
    }

    /** Returns whether the last attempt succeeded and no attempt has been waiting for the disk for too long. */
    boolean isWriting() {
        return state.equals(WRITING) && hanging() == null;
    }

    private @Nullable Attempt hanging() {
        Attempt current = attempt;
        return current != null && clock.nanoTime() - current.sinceNanos() > PATIENCE.toNanos() ? current : null;
    }

    /** Returns whether the last attempt to open or write the log failed. */
    boolean hasFailed() {
        return !state.equals(WRITING) && !state.equals(UNOPENED);
    }

    /**
     * Returns whether the log does not yet record all lost events.
     *
     * @param lost how many have been lost, not counting those that were lost with their file
     */
    boolean lacks(long lost) {
        return lost + lostWithFiles() > lostAsWritten;
    }

    /** Returns how many events were written but are lost because their file is gone. */
    long lostWithFiles() {
        return lostWithFiles.get();
    }

    /** Returns whether it is time to check the files, even if there is nothing to write. */
    boolean isLookDue() {
        return files != null && clock.nanoTime() - lookedNanos >= BETWEEN_LOOKS.toNanos();
    }

    /**
     * Takes the lock that gives the right to write, and keeps it until closed. Whether the log can be written is not
     * yet known.
     *
     * @return false if another server holds the lock
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

    /** Takes the lock, and takes it again if its file has gone, since the old lock then no longer counts. */
    private void lock() throws IOException {
        if (lock != null && lock.displacement() != null) {
            close(lock);
            lock = null;
        }
        if (lock == null) {
            lock = AuditLock.take(directory);
        }
    }

    private AuditFiles open() throws IOException {
        AuditFiles open = files;
        if (open == null) {
            lock();
            open = AuditFiles.open(directory, limits, clock.wallTime(), reached);
            lostWithFiles.addAndGet(open.lost());
            lookedNanos = clock.nanoTime();
        }
        return open;
    }

    /** Closes the log if a file has gone, so that it is opened again. */
    private void look() throws IOException {
        if (isLookDue()) {
            lookedNanos = clock.nanoTime();
            String displacement = displacement();
            if (displacement != null) {
                state = displacement + "; reopening the audit log";
                LOG.error(state);
                closeFiles();
            }
        }
    }

    private @Nullable String displacement() throws IOException {
        String ofFile = files == null ? null : files.displacement();
        return ofFile == null && lock != null ? lock.displacement() : ofFile;
    }

    /**
     * Writes events, preceded by the number of lost events if the log does not record it yet. A fault of any kind is
     * logged once until writing works again and does not escape, since the writing thread must survive it.
     *
     * @param lost how many events have been lost so far, not counting those that were lost with their file
     * @return how many of the events are in the log, counted from the first; the others will not be
     */
    int write(List<AuditEvent> events, long lost) {
        long whole = 0;
        try {
            begin();
            look();
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
            long all = lost + lostWithFiles();
            open.write(List.of(AuditEvent.of(clock.wallTime(), "events-lost").with("sinceStart", all)));
            lostAsWritten = all;
        }
    }

    /** Never throws: the writing thread must survive even if there is no memory to report the fault. */
    private void fail(Throwable fault) {
        String before = state;
        state = UNWRITABLE;
        try {
            try {
                explain(fault, before);
            } finally {
                // A partial write leaves a torn line, which is accounted for when the log is reopened.
                closeFiles();
            }
        } catch (RuntimeException | Error e) {
            // The state already says that the log cannot be written, and the next fault is explained.
        }
    }

    private void explain(Throwable fault, String before) {
        String text = fault instanceof Error ? fault.toString() : fault.getMessage();
        String reason = directory + ": " + UNWRITABLE + ": " + text;
        if (!reason.equals(before)) {
            LOG.error(reason);
        }
        state = reason;
    }

    private void closeFiles() {
        AuditFiles open = files;
        files = null;
        try {
            if (open != null) {
                reached = open.reached();
            }
        } finally {
            close(open);
        }
    }

    private void close(@Nullable AutoCloseable open) {
        if (open != null) {
            try {
                open.close();
            } catch (Exception e) {
                LOG.errorf("%s: failed to close the audit log: %s", directory, e.getMessage());
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
