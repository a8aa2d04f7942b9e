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

/** The files of the log, opened anew after a fault. Writes on one thread; its state may be asked for on any. */
final class AuditLog implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(AuditLog.class);
    private static final String UNOPENED = "not yet opened";
    private static final String WRITING = "writing";
    private static final String UNWRITABLE = "cannot be written";

    /** A disk may take its time; one that takes longer may never answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** How often it is looked whether what is written to is still there: writing to a file that was removed succeeds. */
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
        return lost + lostWithFiles() > lostAsWritten;
    }

    /** How many events were in the log, and no longer are since their file has gone. */
    long lostWithFiles() {
        return lostWithFiles.get();
    }

    /** Whether it is time to look for the files, though there is nothing to write. */
    boolean isLookDue() {
        return files != null && clock.nanoTime() - lookedNanos >= BETWEEN_LOOKS.toNanos();
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

    /** One whose file has gone is none any more. */
    private void lock() throws IOException {
        if (lock != null && !lock.isInPlace()) {
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

    /** What has gone is left, so that it is opened anew. */
    private void look() throws IOException {
        if (isLookDue()) {
            lookedNanos = clock.nanoTime();
            boolean lockInPlace = lock != null && lock.isInPlace();
            boolean fileInPlace = files != null && files.isInPlace();
            if (!lockInPlace || !fileInPlace) {
                state = directory + ": " + (fileInPlace ? "the lock file" : "the newest log file")
                        + " was removed, moved or replaced; reopening the log";
                LOG.error(state);
                closeFiles();
            }
        }
    }

    /**
     * Writes events, and before them how many have been lost, if the log does not tell of that yet. A fault of any kind is
     * logged once until it works again: the thread that writes must outlive it.
     *
     * @param lost how many events have been lost until now, but for those that were lost with their file
     * @return how many of the events are in the log, the first of them; the others will not be
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

    /** Never throws: the thread that writes must outlive that there is no memory to say why it cannot. */
    private void fail(Throwable fault) {
        String before = state;
        state = UNWRITABLE;
        try {
            try {
                explain(fault, before);
            } finally {
                // What was written in part is a torn line, which opening anew accounts for.
                closeFiles();
            }
        } catch (RuntimeException | Error e) {
            // The state says that much, and the next fault is explained.
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
