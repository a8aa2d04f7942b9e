package io.scopegate.server.audit;

import io.scopegate.audit.AuditEvent;
import io.scopegate.audit.AuditFiles;
import io.scopegate.audit.AuditInUseException;
import io.scopegate.audit.AuditLock;
import io.scopegate.server.frame.ServerClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The files of the log, opened anew after a fault. Writes on one thread; its state may be asked for on any. */
final class AuditLog implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(AuditLog.class);

    private final Path directory;
    private final long fileBytes;
    private final ServerClock clock;
    private @Nullable AuditLock lock;
    private @Nullable AuditFiles files;
    private long lostAsWritten;
    private volatile String state = "not yet opened";

    AuditLog(Path directory, long fileBytes, ServerClock clock) {
        this.directory = directory;
        this.fileBytes = fileBytes;
        this.clock = clock;
    }

    /** Off, writing, or why not. */
    String state() {
        return state;
    }

    /** How many lost events the log itself tells of. */
    long lostAsWritten() {
        return lostAsWritten;
    }

    /**
     * Takes the right to write, which it has until it is closed. Whether the log can be written is not yet known.
     *
     * @throws IllegalStateException if another server has it
     */
    void reserve() {
        try {
            lock();
        } catch (AuditInUseException e) {
            throw new IllegalStateException(
                    "scopegate.audit.directory: one that no other server writes to, not " + directory, e);
        } catch (IOException | RuntimeException e) {
            fail(e);
        }
    }

    private void lock() throws IOException {
        if (lock == null) {
            lock = AuditLock.take(directory);
        }
    }

    private AuditFiles open() throws IOException {
        lock();
        return files == null ? AuditFiles.open(directory, fileBytes, clock.wallTime()) : files;
    }

    /**
     * Writes events. False if they are not written whole, which is logged once until it works again.
     *
     * @param lost how many lost events they tell of
     */
    boolean write(List<AuditEvent> events, long lost) {
        try {
            AuditFiles open = open();
            files = open;
            open.write(events);
            lostAsWritten = lost;
            state = "writing";
            return true;
        } catch (IOException | RuntimeException e) {
            fail(e);
            return false;
        }
    }

    private void fail(Exception fault) {
        String reason = directory + ": cannot be written: " + fault.getMessage();
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
