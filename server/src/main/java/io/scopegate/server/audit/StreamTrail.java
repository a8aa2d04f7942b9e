package io.scopegate.server.audit;

import io.scopegate.audit.AuditEvent;
import io.scopegate.server.audit.StreamEventLimit.End;
import io.scopegate.server.audit.VerdictTrail.LeftOut;
import io.scopegate.server.frame.FrameAnswer;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Records one stream in the audit log: its opening and end as far as {@link StreamEventLimit} has room for them, and
 * its verdicts as {@link VerdictTrail} does, so that one device can neither fill the disk nor crowd out others. Must be
 * told of answers in the order of the frames, one at a time.
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

    /** Notes that a device's stream is open, to be judged by this model. */
    public void opened(String deviceId, String model) {
        device = deviceId;
        if (trail.streams().hasRoomForOpening(deviceId, stream)) {
            trail.record(event("stream-opened").with("model", model));
        } else {
            // A device that opens streams again and again would have too many verdicts recorded. Those of a stream
            // that lives on are recorded after this second.
            verdicts.holdBack(trail.nanoTime());
        }
    }

    /** Notes the answer to a frame. */
    public void answered(FrameAnswer answer) {
        answered.incrementAndGet();
        verdicts.answered(answer);
    }

    /**
     * Notes that the stream has ended and that no more answers come. Any thread.
     *
     * @param unsent answers that were noted here but never sent
     * @param unanswered frames whose answers were not noted here
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
