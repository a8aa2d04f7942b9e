package io.scopegate.server.audit;

import io.scopegate.audit.AuditEvent;
import io.scopegate.bundle.model.ModelManifest;
import io.scopegate.server.frame.FrameAnswer;
import io.scopegate.server.frame.FrameOutcome.Classified;
import io.scopegate.server.frame.FrameOutcome.Superseded;
import io.scopegate.server.frame.FrameVerdict;
import io.scopegate.server.frame.Reason;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Records a sequence of verdicts in the audit log: the first, and each that differs from the one before in verdict or
 * reason. If there are more than twenty in a second, of the rest only the last and their number are recorded, with the
 * next answer or through {@link LeftOutVerdicts}. Told of one answer at a time; everything else on any thread.
 */
final class VerdictTrail {

    private static final int MOST_A_SECOND = 20;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final AuditTrail trail;
    private final Supplier<AuditEvent> verdicts;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable FrameVerdict last;
    private @Nullable LeftOut leftOut;
    private int told;
    private long secondStarts;

    /** @param verdicts creates an event that says whose verdict it is */
    VerdictTrail(AuditTrail trail, Supplier<AuditEvent> verdicts) {
        this.trail = trail;
        this.verdicts = verdicts;
    }

    /**
     * Verdicts that exceeded the rate limit.
     *
     * @param latest the answer with the last of them
     * @param count how many there are, including the last
     */
    record LeftOut(FrameAnswer latest, int count) {}

    void answered(FrameAnswer answer) {
        lock.lock();
        try {
            hear(answer);
        } finally {
            lock.unlock();
        }
    }

    private void hear(FrameAnswer answer) {
        long nanos = answer.header().receivedNanos();
        if (told == 0 || nanos - secondStarts >= SECOND) {
            begin(nanos);
        }
        FrameVerdict verdict = asTold(answer.verdict());
        // A superseded frame leaves its stream's verdict as it is, and there may be many of them.
        if (!(answer.outcome() instanceof Superseded) && !verdict.equals(last)) {
            last = verdict;
            tell(answer);
        }
    }

    private void begin(long nanos) {
        secondStarts = nanos;
        told = 0;
        tellLeftOutNow();
    }

    private void tell(FrameAnswer answer) {
        if (told < MOST_A_SECOND) {
            told++;
            trail.record(describe(answer));
        } else {
            leftOut = new LeftOut(answer, leftOut == null ? 1 : leftOut.count() + 1);
            trail.leftOutVerdicts().add(this);
        }
    }

    private void tellLeftOutNow() {
        LeftOut all = leftOut;
        if (all != null) {
            told++;
            tell(all);
            forgetLeftOut();
        }
    }

    private void forgetLeftOut() {
        leftOut = null;
        trail.leftOutVerdicts().remove(this);
    }

    /** Records what was left out if its second is over, without waiting for another answer. */
    void tellIfOver(long nanos) {
        lock.lock();
        try {
            if (leftOut != null && nanos - secondStarts >= SECOND) {
                begin(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Records what was left out, without waiting for the end of the second. */
    void tellLeftOut() {
        lock.lock();
        try {
            tellLeftOutNow();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns what was left out and forgets it, or null if there is nothing. It is lost unless {@link #tell(LeftOut)}
     * records it.
     */
    @Nullable
    LeftOut takeLeftOut() {
        lock.lock();
        try {
            LeftOut taken = leftOut;
            forgetLeftOut();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Records the last verdict that was left out, and how many were left out before it. */
    void tell(LeftOut verdicts) {
        trail.record(describe(verdicts.latest()).with("leftOut", verdicts.count() - 1));
    }

    /** Records no verdict in the second that begins now. */
    void holdBack(long nanos) {
        lock.lock();
        try {
            secondStarts = nanos;
            told = MOST_A_SECOND;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Reduces a verdict to what is news: neither the wait before in body is earned, nor what each frame would be by
     * itself.
     */
    private static FrameVerdict asTold(FrameVerdict verdict) {
        Reason reason = verdict.reason() == Reason.SMOOTHING ? Reason.MODEL : verdict.reason();
        return new FrameVerdict(verdict.inBody(), verdict.inBody(), reason);
    }

    private AuditEvent describe(FrameAnswer answer) {
        FrameVerdict verdict = answer.verdict();
        AuditEvent event = verdicts.get()
                .with("frame", Long.toUnsignedString(answer.header().id()))
                .with("verdict", verdict.inBody() ? "IN_BODY" : "OUT_OF_BODY")
                .with("reason", verdict.reason());
        if (answer.outcome() instanceof Classified classified) {
            event = event.with("model", classified.model().reference())
                    .with(
                            "inBody",
                            classified
                                    .probabilities()
                                    .get(classified.model().labels().indexOf(ModelManifest.IN_BODY)));
        }
        return event;
    }
}
