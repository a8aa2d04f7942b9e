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
 * The frames of one stream: every one is answered once, in the order of arrival, whatever order they are worked on in.
 * What takes a frame or says what became of it takes no memory, so that none is lost for want of it. Any thread; one lock,
 * under which nothing blocks. After {@link #abandon()} it holds nothing.
 */
public final class FrameStream {

    private static final FaultLog NOT_TAKEN_IN = FaultLog.of(FrameStream.class, "failed to admit a frame");

    private final StreamTerms terms;
    private final StageTurns turns;
    private final PictureMemory pictures;
    private final ServerClock clock;
    private final ClockOffset clientClock = new ClockOffset();
    private final boolean comparesPictures;

    private final ReentrantLock lock = new ReentrantLock();
    private final FrameAges ages;
    private final ArrivalCheck check;
    private final AnswerOrder answers;
    private final Turn decodeTurn = new Turn(this);
    private final Turn inferTurn = new Turn(this);
    private final Deque<FrameJob> waiting;
    private final Queue<PreparedFrame> prepared;
    private long arrived;
    private int decoding;
    private int judging;
    private boolean decodeTurnAsked;
    private boolean inferTurnAsked;
    private volatile boolean nextIsSmall;

    FrameStream(StreamTerms terms, VerdictPolicy policy, StreamContext context) {
        this.terms = terms;
        this.turns = context.turns();
        this.pictures = context.pictures();
        this.clock = context.clock();
        this.comparesPictures = policy.frozenAfter() != null;
        this.ages = new FrameAges(terms.ageBudget(), clientClock, clock);
        this.check = new ArrivalCheck(ages);
        this.answers = new AnswerOrder(context.sink(), clientClock, new StreamVerdict(policy));
        // Of their full size from the beginning: one that has to grow has taken the frame before it fails.
        int most = terms.room().frames() + 1;
        this.waiting = new ArrayDeque<>(most);
        this.prepared = new PriorityQueue<>(
                most, Comparator.comparingLong(frame -> frame.job().turn()));
    }

    /** What was settled on when it was opened. */
    public StreamTerms terms() {
        return terms;
    }

    /** Its place in the line of those with a frame to decode. */
    Turn decodeTurn() {
        return decodeTurn;
    }

    /** Its place in the line of those with a tensor to judge. */
    Turn inferTurn() {
        return inferTurn;
    }

    /** Whether it matters that a picture is the same as the one before. */
    boolean comparesPictures() {
        return comparesPictures;
    }

    /** Whether its frames are prepared in about a millisecond, as far as the newest tells. Needs no lock. */
    boolean nextIsSmall() {
        return nextIsSmall;
    }

    /** What is known of the client's clock. */
    public ClockOffset clientClock() {
        return clientClock;
    }

    /** 1. A frame arrives: it lines up to be prepared, or has its outcome already. Where this throws, it has no place. */
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

    /** It has its place, so that a fault is not to look as if it had none: it would be counted with its message, too. */
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

    /** Why it may not wait; null if it may. An older one gives way only to a newer one for which there is room. */
    private @Nullable Rejected noRoom(FrameJob job) {
        FrameJob older = terms.policy() == DeliveryPolicy.LATEST_WINS ? waiting.peek() : null;
        Rejected full = terms.policy() == DeliveryPolicy.REJECT_NEWEST ? full() : null;
        return full == null ? job.waitIn(pictures, older) : full;
    }

    private @Nullable Rejected full() {
        int inside = waiting.size() + decoding + prepared.size() + judging;
        int most = terms.room().frames();
        return inside < most
                ? null
                : new Rejected(Reason.QUEUE_FULL, "frames", "at most " + most + " at once", String.valueOf(inside + 1));
    }

    /**
     * The frame to decode next, if there still is one. Has to be followed by {@link #notPrepared} or {@link #prepared}.
     * Takes no memory.
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
     * The same, but none, and another turn is asked for, if its place at the network is no longer one.
     *
     * @param placed is asked once no frame can arrive before the answer counts
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
        decodeTurnAsked = false;
        FrameJob job = placed && mayDecode() ? waiting.poll() : null;
        decoding += job == null ? 0 : 1;
        askForTurns();
        return job;
    }

    /** A decoded frame waits for the network. Takes over its leases, unless it throws: then nothing has changed. */
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

    /** The frame to judge next, if there still is one and if it is of this model; null asks for any model's. */
    BatchCandidate nextToJudge(@Nullable ModelLease model) {
        lock.lock();
        try {
            PreparedFrame next = prepared.peek();
            if (next != null && model != null && !next.place().model().sameModel(model)) {
                turns.infer().putBack(this);
                return BatchCandidate.None.OTHER_MODEL;
            }
            inferTurnAsked = false;
            prepared.poll();
            judging += next == null ? 0 : 1;
            askForTurns();
            return next == null ? BatchCandidate.None.NOTHING : next;
        } finally {
            lock.unlock();
        }
    }

    /** A frame that was to be decoded is not: it has its outcome already. */
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

    /** A frame has been judged, or could not be. Only the first outcome counts. */
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

    /** The outcome of a frame that is too old by now, or of which that cannot be told; null for any other. */
    @Nullable
    FrameOutcome expired(FrameJob job) {
        return ages.expired(job);
    }

    /** From now on new frames are turned away, since the server stops; finishes like {@link #finish()}. */
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

    /** No more frames will come: once the last is answered, the sink is told so. */
    public void finish() {
        lock.lock();
        try {
            answers.finish();
            goOn();
        } finally {
            lock.unlock();
        }
    }

    /** Nobody waits for answers any longer: drops everything. Never calls the sink. Returns, each time, how many were unanswered. */
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

    /** How many frames are unanswered. */
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

    /** After each change, under the lock. Never throws. */
    private void goOn() {
        askForTurns();
        answers.release();
    }

    private void askForTurns() {
        if (!waiting.isEmpty() && mayDecode() && !decodeTurnAsked) {
            turns.decode().ask(this);
            decodeTurnAsked = true;
        }
        if (!prepared.isEmpty() && !inferTurnAsked) {
            turns.infer().ask(this);
            inferTurnAsked = true;
        }
    }

    /** A stream of which only the latest frame counts decodes one at a time, so that the newest goes next. */
    private boolean mayDecode() {
        return terms.policy() != DeliveryPolicy.LATEST_WINS || decoding == 0;
    }
}
