package io.scopegate.server.audit;

import io.scopegate.audit.AuditEvent;
import io.scopegate.server.frame.FrameAnswer;
import io.scopegate.server.frame.FrameOutcome.Classified;
import io.scopegate.server.frame.FrameOutcome.Superseded;
import io.scopegate.server.frame.FrameVerdict;
import io.scopegate.server.frame.Reason;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What the audit log hears of one stream: that it opens and ends, its first verdict, and each that differs from the one
 * before in what it says or why. Of more than twenty such in a second it hears how many there were and which was the
 * last, so that one device cannot fill the disk or crowd out the others. Hears of answers in the order of the frames, one
 * at a time.
 */
public final class StreamTrail {

    private static final int MOST_A_SECOND = 20;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final AuditTrail trail;
    private final String stream;
    private volatile String device = "";
    private @Nullable FrameVerdict last;
    private @Nullable FrameAnswer untold;
    private int told;
    private int leftOut;
    private long secondStarts;
    private final AtomicLong answered = new AtomicLong();

    public StreamTrail(AuditTrail trail, String stream) {
        this.trail = trail;
        this.stream = stream;
    }

    /** The stream of a device is open, to be judged by this model. */
    public void opened(String deviceId, String model) {
        device = deviceId;
        trail.record(event("stream-opened").with("model", model));
    }

    /** A frame is answered. */
    public void answered(FrameAnswer answer) {
        answered.incrementAndGet();
        long nanos = answer.header().receivedNanos();
        if (told == 0 || nanos - secondStarts >= SECOND) {
            secondStarts = nanos;
            told = 0;
            tellLeftOut();
        }
        FrameVerdict verdict = asTold(answer.verdict());
        // A replaced frame leaves its stream's verdict as it is, and there may be many of them.
        if (!(answer.outcome() instanceof Superseded) && !verdict.equals(last)) {
            last = verdict;
            tell(answer);
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
    private void tellLeftOut() {
        FrameAnswer latest = untold;
        if (latest != null) {
            told++;
            trail.record(describe(latest).with("leftOut", leftOut - 1));
        }
        untold = null;
        leftOut = 0;
    }

    /**
     * The stream has ended and hears of no more answers. On any thread.
     *
     * @param unsent answers that it has heard of and that were never sent
     * @param unanswered frames that it has not heard of
     */
    public void ended(int unsent, int unanswered) {
        tellLeftOut();
        trail.record(
                event("stream-ended").with("answered", answered.get() - unsent).with("abandoned", unsent + unanswered));
    }

    /** The frames before in body has been earned are no news, and neither is what each would have been by itself. */
    private static FrameVerdict asTold(FrameVerdict verdict) {
        Reason reason = verdict.reason() == Reason.SMOOTHING ? Reason.MODEL : verdict.reason();
        return new FrameVerdict(verdict.inBody(), verdict.inBody(), reason);
    }

    private AuditEvent describe(FrameAnswer answer) {
        FrameVerdict verdict = answer.verdict();
        AuditEvent event = event("verdict")
                .with("frame", Long.toUnsignedString(answer.header().id()))
                .with("verdict", verdict.inBody() ? "IN_BODY" : "OUT_OF_BODY")
                .with("reason", verdict.reason());
        if (answer.outcome() instanceof Classified classified) {
            event = event.with("model", classified.model().reference())
                    .with(
                            "inBody",
                            classified
                                    .probabilities()
                                    .get(classified.model().labels().indexOf("inbody")));
        }
        return event;
    }

    private AuditEvent event(String kind) {
        return trail.event(kind).with("stream", stream).with("device", device);
    }
}
