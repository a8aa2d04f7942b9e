package io.scopegate.server.audit;

import io.scopegate.audit.AuditEvent;
import io.scopegate.server.frame.ServerClock;
import io.scopegate.server.infer.OngoingFault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Takes audit events and hands them to the log on a thread of its own, so that no frame waits for a disk. Events that
 * the log could not take, because it is too slow or cannot be written, are counted, and the log records their number
 * as soon as it can, even if no other event occurs. After a fault the log is left alone for a while, since each
 * attempt reads the files again. Once a second it is checked whether the files are still there.
 */
public final class AuditTrail implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(AuditTrail.class);
    private static final int QUEUE = 4096;

    /** How long to wait for the disk at the start and at the end: one that does not answer must hold up neither. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final AuditEvent STOP = AuditEvent.of(Instant.EPOCH, "stop");

    /**
     * How long to wait after a fault before the log is tried again, and, while no events occur, before the next check
     * for lost events to record.
     */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final @Nullable AuditLog log;
    private final Duration pause;
    private final Duration patience;
    private final ServerClock clock;
    private final BlockingQueue<AuditEvent> queue = new ArrayBlockingQueue<>(QUEUE);
    private final AtomicLong lost = new AtomicLong();
    private final OngoingFault notSummedUp =
            OngoingFault.of(AuditTrail.class, "audit log: failed to sum up what was left out");
    private final OngoingFault notHandedOver =
            OngoingFault.of(AuditTrail.class, "audit log: failed to hand events to the log; going on");
    private final Thread thread = new Thread(this::run, "audit-log");
    private final CompletableFuture<Boolean> mayWrite = new CompletableFuture<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final StreamEventLimit streams = new StreamEventLimit(this);
    private final LeftOutVerdicts leftOutVerdicts = new LeftOutVerdicts(this);
    private final SingleTrails singles = new SingleTrails(this);

    public AuditTrail(AuditSettings settings, ServerClock clock) {
        this(settings, clock, PAUSE, PATIENCE);
    }

    AuditTrail(AuditSettings settings, ServerClock clock, Duration pause, Duration patience) {
        this.log = settings.directory() == null ? null : new AuditLog(settings.directory(), settings.limits(), clock);
        this.clock = clock;
        this.pause = pause;
        this.patience = patience;
    }

    /**
     * Starts to write. Called once. If the disk does not say in time whether this server may write, the start goes on;
     * if another server then turns out to write to the same log, this one does not write as long as the other does.
     *
     * @throws IllegalArgumentException if another server writes to the same log
     */
    public void start() {
        if (log != null) {
            thread.setDaemon(true);
            thread.start();
            if (!mayWrite.completeOnTimeout(true, patience.toNanos(), TimeUnit.NANOSECONDS)
                    .join()) {
                throw new IllegalArgumentException(
                        "scopegate.audit.directory: one that no other server writes to, not " + log.directory());
            }
        }
    }

    /** Creates an event with the current time. */
    public AuditEvent event(String kind) {
        return AuditEvent.of(clock.wallTime(), kind);
    }

    long nanoTime() {
        return clock.nanoTime();
    }

    /** Returns what limits and sums up the openings and ends of streams. */
    StreamEventLimit streams() {
        return streams;
    }

    /** Returns those that have verdicts over the rate limit to report. */
    LeftOutVerdicts leftOutVerdicts() {
        return leftOutVerdicts;
    }

    /** Returns what records the frames of single calls. */
    public SingleTrails singles() {
        return singles;
    }

    /** Records an event, or counts it as lost if the queue is full. Never blocks. */
    public void record(AuditEvent event) {
        if (log != null && !queue.offer(event)) {
            lost.incrementAndGet();
        }
    }

    /** Returns whether there is a log at all. */
    public boolean isKept() {
        return log != null;
    }

    /** Returns whether there is a log and it is being written. */
    public boolean isWriting() {
        return log != null && log.isWriting();
    }

    /** Returns the state of the log for health: off, writing, or why it is not written. */
    public String state() {
        return log == null ? "off" : log.state();
    }

    /**
     * Returns how many events are permanently missing from the log: those that were not written, and those whose file
     * is gone.
     */
    public long lost() {
        return log == null ? lost.get() : lost.get() + log.lostWithFiles();
    }

    /**
     * Returns whether the writing thread has ended. A disk that does not answer may delay that beyond {@link #close}.
     */
    boolean hasEnded() {
        return !thread.isAlive();
    }

    private void run() {
        AuditLog file = Objects.requireNonNull(log);
        boolean heard = mayWrite.complete(file.reserve());
        // If the start has gone on without waiting for the answer, the log is tried again and again.
        if (!heard || mayWrite.join()) {
            writeOn();
        }
        file.close();
    }

    private void writeOn() {
        // Allocated at full size: events taken from the queue must not be lost for lack of memory.
        List<AuditEvent> batch = new ArrayList<>(QUEUE + 1);
        boolean stopped = false;
        boolean rested = false;
        while (!stopped) {
            try {
                stopped = !take(batch, rested ? Duration.ZERO : pause);
                rested = !write(batch);
                notHandedOver.over();
            } catch (RuntimeException | Error e) {
                // Whatever it is, it must not end this thread: no event would be written from then on.
                lost.addAndGet(batch.size());
                notHandedOver.say(e);
                rested = true;
            }
            batch.clear();
            if (rested) {
                rest();
            }
        }
    }

    /**
     * Waits up to {@code patience} for an event, then takes all that are queued. Returns false once no more events
     * will come.
     */
    private boolean take(List<AuditEvent> batch, Duration patience) {
        try {
            AuditEvent first = queue.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
            if (first != null) {
                batch.add(first);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        boolean allTold = hasTold(streams::tell);
        allTold &= hasTold(leftOutVerdicts::tell);
        allTold &= hasTold(singles::forgetIdle);
        if (allTold) {
            notSummedUp.over();
        }
        queue.drainTo(batch);
        return !batch.remove(STOP);
    }

    /** A fault in this must keep neither the other sums nor the events from the log. */
    private boolean hasTold(Runnable sums) {
        try {
            sums.run();
            return true;
        } catch (RuntimeException | Error e) {
            notSummedUp.say(e);
            return false;
        }
    }

    /**
     * Pauses before the next attempt, or until the server stops. Events wait in the queue meanwhile, as far as it has
     * room.
     */
    private void rest() {
        try {
            if (closing.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                LOG.debug("audit log: stopping, last attempt to write");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Writes events. Returns false if the log could not take all of them. */
    boolean write(List<AuditEvent> batch) {
        AuditLog file = Objects.requireNonNull(log);
        long missing = lost.get();
        if (batch.isEmpty() && !file.hasFailed() && !file.lacks(missing) && !file.isLookDue()) {
            return true;
        }
        lost.addAndGet(batch.size() - file.write(batch, missing));
        return !file.hasFailed();
    }

    /** Writes the events so far and stops. A disk that does not answer does not hold up the end of the process. */
    @Override
    public void close() throws InterruptedException {
        closing.countDown();
        hasTold(streams::tellAll);
        hasTold(leftOutVerdicts::tellAll);
        if (thread.isAlive()
                && !(queue.offer(STOP, patience.toNanos(), TimeUnit.NANOSECONDS) && thread.join(patience))) {
            LOG.errorf("audit log: stopped without writing the last events: %s", state());
        }
    }
}
