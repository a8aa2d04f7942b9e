package io.scopegate.server.audit;

import io.scopegate.audit.AuditEvent;
import io.scopegate.server.audit.StreamSums.End;
import io.scopegate.server.audit.VerdictTrail.LeftOut;
import io.scopegate.server.frame.FrameAnswer;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the audit log hears of one stream: that it opens and ends, as far as {@link StreamSums} has room for that, and what
 * {@link VerdictTrail} tells of its verdicts, so that one device can neither fill the disk nor crowd out the others. Hears
 * of answers in the order of the frames, one at a time.
 */
public final class StreamTrail {

    private final AuditTrail trail;
    private final String stream;
    private final VerdictTrail verdicts;
    private volatile String device = "";
    private final AtomicLong answered = new AtomicLong();

    public StreamTrail(AuditTrail trail, String stream) {
        this.trail = trail;
        this.stream = stream;
        this.verdicts = new VerdictTrail(trail, () -> event("verdict"));
    }

    /** The stream of a device is open, to be judged by this model. */
    public void opened(String deviceId, String model) {
        device = deviceId;
        if (trail.streams().hasRoomForOpening(deviceId, stream)) {
            trail.record(event("stream-opened").with("model", model));
        } else {
            // One that lives on is told of; of those that a device opens again and again the verdicts would be too
            // many.
            verdicts.holdBack(trail.nanoTime());
        }
    }

    /** A frame is answered. */
    public void answered(FrameAnswer answer) {
        answered.incrementAndGet();
        verdicts.answered(answer);
    }

    /**
     * The stream has ended and hears of no more answers. On any thread.
     *
     * @param unsent answers that it has heard of and that were never sent
     * @param unanswered frames that it has not heard of
     */
    public void ended(int unsent, int unanswered) {
        LeftOut leftOut = verdicts.takeLeftOut();
        End end = new End(answered.get() - unsent, unsent + unanswered, leftOut == null ? 0 : leftOut.count());
        if (trail.streams().hasRoomForEnd(device, stream, end)) {
            if (leftOut != null) {
                verdicts.tell(leftOut);
            }
            trail.record(event("stream-ended").with("answered", end.answered()).with("abandoned", end.abandoned()));
        }
    }

    private AuditEvent event(String kind) {
        return trail.event(kind).with("stream", stream).with("device", device);
    }
}
