package io.scopegate.server.pipeline;

import io.scopegate.server.admission.ClockOffset;
import io.scopegate.server.admission.DeliveryPolicy;
import io.scopegate.server.admission.StreamTerms;
import io.scopegate.server.frame.ArrivedFrame;
import io.scopegate.server.frame.FrameOutcome;
import io.scopegate.server.frame.FrameOutcome.Rejected;
import io.scopegate.server.frame.FrameOutcome.Superseded;
import io.scopegate.server.frame.Reason;
import io.scopegate.server.frame.ServerClock;
import io.scopegate.server.infer.FaultLog;
import io.scopegate.server.model.ModelLease;
import io.scopegate.server.verdict.StreamVerdict;
import io.scopegate.server.verdict.VerdictPolicy;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The frames of one stream. Each is answered exactly once, in the order of arrival, whatever order they are processed
 * in. Taking a frame from a queue and recording its outcome do not allocate, so that no frame is lost for lack of
 * memory. Any thread: one lock guards everything, and nothing blocks while it is held. After {@link #abandon()} the
 * stream holds no frames.
 */
public final class FrameStream {

    private static final FaultLog NOT_TAKEN_IN = FaultLog.of(FrameStream.class, "failed to admit a frame");

    private final StreamTerms terms;
    private final StageQueues queues;
    private final WaitingPictureLimit pictures;
    private final ServerClock clock;
    private final ClockOffset clientClock = new ClockOffset();
    private final boolean comparesPictures;

    private final ReentrantLock lock = new ReentrantLock();
    private final FrameAges ages;
    private final ArrivalCheck check;
    private final AnswerOrder answers;
    private final QueueEntry decodeEntry = new QueueEntry(this);
    private final QueueEntry inferEntry = new QueueEntry(this);
    private final Deque<FrameJob> waiting;
    private final Queue<PreparedFrame> prepared;
    private long arrived;
    private int decoding;
    private int judging;
    private boolean decodeEntryQueued;
    private boolean inferEntryQueued;
    private volatile boolean nextIsSmall;

    FrameStream(StreamTerms terms, VerdictPolicy policy, StreamContext context) {
        this.terms = terms;
        this.queues = context.queues();
        this.pictures = context.pictures();
        this.clock = context.clock();
        this.comparesPictures = policy.frozenAfter() != null;
        this.ages = new FrameAges(terms.ageBudget(), clientClock, clock);
        this.check = new ArrivalCheck(ages);
        this.answers = new AnswerOrder(context.sink(), clientClock, new StreamVerdict(policy));
        // Allocated at full size: a queue that has to grow would run out of memory only after it had taken the frame.
        int most = terms.frameLimits().frames() + 1;
        this.waiting = new ArrayDeque<>(most);
        this.prepared = new PriorityQueue<>(
                most, Comparator.comparingLong(frame -> frame.job().turn()));
    }

    /** Returns the terms that were agreed on when the stream was opened. */
    public StreamTerms terms() {
        return terms;
    }

    /** Returns the stream's entry in the queue for decoding. */
    QueueEntry decodeEntry() {
        return decodeEntry;
    }

    /** Returns the stream's entry in the queue for the network. */
    QueueEntry inferEntry() {
        return inferEntry;
    }

    /** Returns whether each picture is compared with the one before, to notice a frozen picture. */
    boolean comparesPictures() {
        return comparesPictures;
    }

    /**
     * Returns whether the stream's next frame takes about a millisecond to prepare, judging by the newest that was
     * queued. Needs no lock.
     */
    boolean nextIsSmall() {
        return nextIsSmall;
    }

    /** Returns what is known of the client's clock. */
    public ClockOffset clientClock() {
        return clientClock;
    }

    /**
     * Step 1: takes in a frame that has arrived. It is queued for preparation or gets its outcome at once. If this
     * throws, the frame has no place in the stream's order.
     */
    public AdmissionResult admit(ArrivedFrame frame) {
        lock.lock();
        try {
            if (answers.over()) {
                return AdmissionResult.TOO_LATE;
            }
            FrameJob job = new FrameJob(frame, arrived++);
            answers.add(job);
            return takeIn(frame, job);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Processes a frame that already has its place. No fault may escape from here: to the caller it would mean that
     * the frame has no place, and the frame would be counted a second time, with its message.
     */
    private AdmissionResult takeIn(ArrivedFrame frame, FrameJob job) {
        try {
            lineUp(frame, job);
            goOn();
            return AdmissionResult.TAKEN;
        } catch (RuntimeException | Error e) {
            job.letGo();
            NOT_TAKEN_IN.say(e);
            return AdmissionResult.BROKEN;
        }
    }

    private void lineUp(ArrivedFrame frame, FrameJob job) {
        FrameOutcome fault = check.fault(frame);
        if (fault == null) {
            waitForTurn(job);
        } else {
            settle(job, fault);
        }
    }

    private void waitForTurn(FrameJob job) {
        Superseded byThis = new Superseded(job.header().id());
        Rejected full = noRoom(job);
        if (full != null) {
            settle(job, full);
            return;
        }
        if (terms.policy() == DeliveryPolicy.LATEST_WINS) {
            for (FrameJob older = waiting.poll(); older != null; older = waiting.poll()) {
                settle(older, byThis);
            }
        }
        nextIsSmall = job.isSmall();
        waiting.add(job);
    }

    /**
     * Returns why the frame may not wait, or null if it may. An older frame gives way only if there is room for the
     * newer one.
     */
    private @Nullable Rejected noRoom(FrameJob job) {
        FrameJob older = terms.policy() == DeliveryPolicy.LATEST_WINS ? waiting.peek() : null;
        Rejected full = terms.policy() == DeliveryPolicy.REJECT_NEWEST ? full() : null;
        return full == null ? job.waitIn(pictures, older) : full;
    }

    private @Nullable Rejected full() {
        int inside = waiting.size() + decoding + prepared.size() + judging;
        int most = terms.frameLimits().frames();
        return inside < most
                ? null
                : new Rejected(Reason.QUEUE_FULL, "frames", "at most " + most + " at once", String.valueOf(inside + 1));
    }

    /**
     * Takes the next frame to decode, or returns null if none is left. For each frame returned, {@link #notPrepared}
     * or {@link #prepared} must be called. Does not allocate.
     */
    @Nullable
    FrameJob nextToDecode() {
        lock.lock();
        try {
            return takeWaiting(true);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Like {@link #nextToDecode()}, but if the caller's place at the network is no longer valid, returns null and asks
     * for another turn.
     *
     * @param placed returns whether the place is still valid; called under the lock, so that no frame arrives between
     *     this check and the choice of the frame
     */
    @Nullable
    FrameJob nextToDecode(BooleanSupplier placed) {
        lock.lock();
        try {
            return takeWaiting(placed.getAsBoolean());
        } finally {
            lock.unlock();
        }
    }

    private @Nullable FrameJob takeWaiting(boolean placed) {
        decodeEntryQueued = false;
        FrameJob job = placed && mayDecode() ? waiting.poll() : null;
        decoding += job == null ? 0 : 1;
        askForTurns();
        return job;
    }

    /**
     * Queues a decoded frame for the network. Takes over the frame's leases, unless it throws; then nothing has
     * changed.
     */
    void prepared(PreparedFrame frame) {
        Superseded byThis = new Superseded(frame.job().header().id());
        lock.lock();
        try {
            decoding--;
            if (answers.over()) {
                frame.close();
            } else {
                waitForNetwork(frame, byThis);
            }
            goOn();
        } finally {
            lock.unlock();
        }
    }

    private void waitForNetwork(PreparedFrame frame, Superseded byThis) {
        if (terms.policy() == DeliveryPolicy.LATEST_WINS) {
            for (PreparedFrame older = prepared.poll(); older != null; older = prepared.poll()) {
                settle(older.job(), byThis);
                older.close();
            }
        }
        prepared.add(frame);
    }

    /**
     * Takes the next frame to judge, if there is one and it is for this model. If it is for another model, it stays,
     * and the stream keeps its turn.
     *
     * @param model null for a frame of any model
     */
    BatchCandidate nextToJudge(@Nullable ModelLease model) {
        lock.lock();
        try {
            PreparedFrame next = prepared.peek();
            if (next != null && model != null && !next.leases().model().sameModel(model)) {
                queues.infer().putBack(this);
                return BatchCandidate.None.OTHER_MODEL;
            }
            inferEntryQueued = false;
            prepared.poll();
            judging += next == null ? 0 : 1;
            askForTurns();
            return next == null ? BatchCandidate.None.NOTHING : next;
        } finally {
            lock.unlock();
        }
    }

    /** Settles a frame from {@link #nextToDecode()} that was not prepared. */
    void notPrepared(FrameJob job, FrameOutcome outcome) {
        lock.lock();
        try {
            decoding--;
            settle(job, outcome);
            goOn();
        } finally {
            lock.unlock();
        }
    }

    /** Settles a frame that was judged or could not be judged. Only the first outcome counts. */
    void settledByNetwork(FrameJob job, FrameOutcome outcome) {
        lock.lock();
        try {
            if (job.outcome() == null) {
                judging--;
                long now = clock.nanoTime();
                job.settle(ages.inTime(job, outcome, now), now);
            }
            goOn();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns the outcome of a frame that is too old by now or whose age cannot be determined; null for any other
     * frame.
     */
    @Nullable
    FrameOutcome expired(FrameJob job) {
        return ages.expired(job);
    }

    /** Turns new frames away from now on because the server is stopping, and finishes like {@link #finish()}. */
    public void drain() {
        lock.lock();
        try {
            check.drain();
            answers.finish();
            goOn();
        } finally {
            lock.unlock();
        }
    }

    /** Notes that no more frames will come: once the last one is answered, the sink is told. */
    public void finish() {
        lock.lock();
        try {
            answers.finish();
            goOn();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Drops all frames, because nobody waits for answers any longer. Never calls the sink. Returns how many frames
     * were left unanswered; further calls return the same number.
     */
    public int abandon() {
        lock.lock();
        try {
            int abandoned = answers.abandon();
            for (FrameJob job = waiting.poll(); job != null; job = waiting.poll()) {
                job.letGo();
            }
            for (PreparedFrame frame = prepared.poll(); frame != null; frame = prepared.poll()) {
                frame.close();
            }
            return abandoned;
        } finally {
            lock.unlock();
        }
    }

    /** Returns how many frames are unanswered. */
    public int unanswered() {
        lock.lock();
        try {
            return answers.size();
        } finally {
            lock.unlock();
        }
    }

    private void settle(FrameJob job, FrameOutcome outcome) {
        job.settle(outcome, clock.nanoTime());
    }

    /** Called under the lock after each change. Never throws. */
    private void goOn() {
        askForTurns();
        answers.release();
    }

    private void askForTurns() {
        if (!waiting.isEmpty() && mayDecode() && !decodeEntryQueued) {
            queues.decode().ask(this);
            decodeEntryQueued = true;
        }
        if (!prepared.isEmpty() && !inferEntryQueued) {
            queues.infer().ask(this);
            inferEntryQueued = true;
        }
    }

    /**
     * A stream of which only the latest frame counts decodes one frame at a time, so that the newest is decoded next.
     */
    private boolean mayDecode() {
        return terms.policy() != DeliveryPolicy.LATEST_WINS || decoding == 0;
    }
}
