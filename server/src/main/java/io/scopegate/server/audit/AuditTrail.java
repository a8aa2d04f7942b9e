package io.scopegate.server.audit;

import io.scopegate.audit.AuditEvent;
import io.scopegate.server.frame.ServerClock;
import io.scopegate.server.infer.FaultLog;
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
 * Takes what happens and hands it to the log on a thread of its own, so that no frame waits for a disk. What the log
 * could not take, because it is too slow or cannot be written, is counted, and the log says how much that was as soon as
 * it can, whether or not anything happens meanwhile. After a fault it is left alone for a while: each attempt looks at
 * the files anew. Each second it is looked whether they are still there.
 */
public final class AuditTrail implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(AuditTrail.class);
    private static final FaultLog SUM_NOT_TOLD =
            FaultLog.of(AuditTrail.class, "audit log: failed to sum up what was left out");
    private static final int QUEUE = 4096;

    /** For the disk, at the start and at the end: one that does not answer holds up neither. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final AuditEvent STOP = AuditEvent.of(Instant.EPOCH, "stop");

    /** After a fault, until the log is tried again; and otherwise until it is asked whether it lacks a count. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final @Nullable AuditLog log;
    private final Duration pause;
    private final Duration patience;
    private final ServerClock clock;
    private final BlockingQueue<AuditEvent> queue = new ArrayBlockingQueue<>(QUEUE);
    private final AtomicLong lost = new AtomicLong();
    private final Thread thread = new Thread(this::run, "audit-log");
    private final CompletableFuture<Boolean> mayWrite = new CompletableFuture<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final StreamSums streams = new StreamSums(this);
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
     * Begins to write, once. Where the disk does not say in time whether this server may, the start goes on: if another
     * server turns out to write to the same log, this one does not as long as that does.
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

    /** An event of this moment. */
    public AuditEvent event(String kind) {
        return AuditEvent.of(clock.wallTime(), kind);
    }

    long nanoTime() {
        return clock.nanoTime();
    }

    /** What is told of openings and ends. */
    StreamSums streams() {
        return streams;
    }

    /** What is told of verdicts that were too many. */
    LeftOutVerdicts leftOutVerdicts() {
        return leftOutVerdicts;
    }

    /** What is told of frames that come in calls of their own. */
    public SingleTrails singles() {
        return singles;
    }

    /** Takes an event. Never blocks. */
    public void record(AuditEvent event) {
        if (log != null && !queue.offer(event)) {
            lost.incrementAndGet();
        }
    }

    /** Whether there is a log at all. */
    public boolean isKept() {
        return log != null;
    }

    /** Whether there is a log that takes what happens. */
    public boolean isWriting() {
        return log != null && log.isWriting();
    }

    /** Whether there is a log, for health: off, writing, or why it is not written. */
    public String state() {
        return log == null ? "off" : log.state();
    }

    /** How many events are not in the log and will not be: that were not written, or whose file has gone. */
    public long lost() {
        return log == null ? lost.get() : lost.get() + log.lostWithFiles();
    }

    /** Whether the log has been left for good. A disk that does not answer may keep that from coming with {@link #close}. */
    boolean hasEnded() {
        return !thread.isAlive();
    }

    private void run() {
        AuditLog file = Objects.requireNonNull(log);
        boolean heard = mayWrite.complete(file.reserve());
        // A start that has not waited for the answer has gone on: then the log is tried again and again.
        if (!heard || mayWrite.join()) {
            writeOn();
        }
        file.close();
    }

    private void writeOn() {
        // Never has to grow: what is taken is not lost where there is no memory.
        List<AuditEvent> batch = new ArrayList<>(QUEUE + 1);
        boolean stopped = false;
        boolean rested = false;
        while (!stopped) {
            batch.clear();
            stopped = !take(batch, rested ? Duration.ZERO : pause);
            rested = !write(batch);
            if (rested) {
                rest();
            }
        }
    }

    /** What has come, after so long nothing, either. False once there is nothing more to come. */
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
        tellSums(streams::tell);
        tellSums(leftOutVerdicts::tell);
        tellSums(singles::forgetIdle);
        queue.drainTo(batch);
        return !batch.remove(STOP);
    }

    /** The thread that writes must outlive what may happen here. */
    private static void tellSums(Runnable telling) {
        try {
            telling.run();
        } catch (RuntimeException | Error e) {
            SUM_NOT_TOLD.say(e);
        }
    }

    /** What happens meanwhile waits in the queue, as far as that has room. The end of the process ends the rest. */
    private void rest() {
        try {
            if (closing.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                LOG.debug("audit log: stopping, last attempt to write");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** False if the log could not take all of it. */
    boolean write(List<AuditEvent> batch) {
        AuditLog file = Objects.requireNonNull(log);
        long missing = lost.get();
        if (batch.isEmpty() && !file.hasFailed() && !file.lacks(missing) && !file.isLookDue()) {
            return true;
        }
        lost.addAndGet(batch.size() - file.write(batch, missing));
        return !file.hasFailed();
    }

    /** Writes what has come until now. A disk that does not answer does not hold up the end of the process. */
    @Override
    public void close() throws InterruptedException {
        closing.countDown();
        tellSums(streams::tellAll);
        tellSums(leftOutVerdicts::tellAll);
        if (thread.isAlive()
                && !(queue.offer(STOP, patience.toNanos(), TimeUnit.NANOSECONDS) && thread.join(patience))) {
            LOG.errorf("audit log: stopped without writing the last events: %s", state());
        }
    }
}
