package io.scopegate.server.audit;

import io.scopegate.audit.AuditEvent;
import io.scopegate.bundle.model.ModelManifest;
import io.scopegate.server.frame.FrameAnswer;
import io.scopegate.server.frame.FrameOutcome.Classified;
import io.scopegate.server.frame.FrameOutcome.Superseded;
import io.scopegate.server.frame.FrameVerdict;
import io.scopegate.server.frame.Reason;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the audit log hears of verdicts that follow one another: the first, and each that differs from the one before in
 * what it says or why. Of more than twenty such in a second it hears how many there were and which was the last. Hears of
 * one answer at a time.
 */
final class VerdictTrail {

    private static final int MOST_A_SECOND = 20;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final AuditTrail trail;
    private final Supplier<AuditEvent> verdicts;
    private @Nullable FrameVerdict last;
    private @Nullable FrameAnswer untold;
    private int told;
    private int leftOut;
    private long secondStarts;

    /** @param verdicts makes an event that says whose verdict it is */
    VerdictTrail(AuditTrail trail, Supplier<AuditEvent> verdicts) {
        this.trail = trail;
        this.verdicts = verdicts;
    }

    void answered(FrameAnswer answer) {
        long nanos = answer.header().receivedNanos();
        if (told == 0 || nanos - secondStarts >= SECOND) {
            begin(nanos);
        }
        FrameVerdict verdict = asTold(answer.verdict());
        // A replaced frame leaves its stream's verdict as it is, and there may be many of them.
        if (!(answer.outcome() instanceof Superseded) && !verdict.equals(last)) {
            last = verdict;
            tell(answer);
        }
    }

    private void begin(long nanos) {
        secondStarts = nanos;
        told = 0;
        tellLeftOut();
    }

    /** What was left out, without waiting for another answer. */
    void tellIfOver(long nanos) {
        if (untold != null && nanos - secondStarts >= SECOND) {
            begin(nanos);
        }
    }

    private void tell(FrameAnswer answer) {
        if (told < MOST_A_SECOND) {
            told++;
            trail.record(describe(answer));
        } else {
            leftOut++;
            untold = answer;
        }
    }

    /** The last of those that were too many, and how many there were before it. */
    void tellLeftOut() {
        FrameAnswer latest = untold;
        if (latest != null) {
            told++;
            trail.record(describe(latest).with("leftOut", leftOut - 1));
        }
        untold = null;
        leftOut = 0;
    }

    /** How many have not been told. */
    int leftOut() {
        return leftOut;
    }

    /** Tells of none in the second that begins. */
    void holdBack(long nanos) {
        secondStarts = nanos;
        told = MOST_A_SECOND;
    }

    /** The frames before in body has been earned are no news, and neither is what each would have been by itself. */
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
