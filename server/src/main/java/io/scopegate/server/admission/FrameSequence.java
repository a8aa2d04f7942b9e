package io.scopegate.server.admission;

import io.scopegate.server.frame.FrameHeader;
import io.scopegate.server.frame.FrameOutcome.Rejected;
import io.scopegate.server.frame.Reason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Checks that the ids and capture times of one stream's frames are in order. Not thread-safe. */
public final class FrameSequence {

    /**
     * How many frames in a row, earlier than the last accepted one but in order among themselves, show that the
     * client's clock was set back.
     */
    private static final int OF_A_CLOCK_SET_BACK = 3;

    private @Nullable Long lastId;
    private @Nullable Instant lastCaptureTime;
    private @Nullable Instant lastEarlier;
    private int earlier;

    /**
     * Returns why this frame is out of order, or null if it is in order: its id must increase, and its capture time
     * must not go back. A frame that is out of order does not change what later frames are compared with. But after
     * three frames whose capture times went back and are in order among themselves, the client's clock is taken to have
     * been set back, and the next frame in their order is accepted and sets the new time.
     */
    public @Nullable Rejected next(FrameHeader frame) {
        Rejected fault = idFault(frame);
        if (fault == null) {
            fault = captureTimeFault(frame);
        }
        if (fault == null) {
            lastId = frame.id();
            lastCaptureTime = frame.captureTime() == null ? lastCaptureTime : frame.captureTime();
            earlier = frame.captureTime() == null ? earlier : 0;
        }
        return fault;
    }

    private @Nullable Rejected idFault(FrameHeader frame) {
        if (lastId == null || Long.compareUnsigned(frame.id(), lastId) > 0) {
            return null;
        }
        return new Rejected(
                Reason.FRAME_ID_NOT_RISING,
                "frame_id",
                "above " + Long.toUnsignedString(lastId),
                Long.toUnsignedString(frame.id()));
    }

    private @Nullable Rejected captureTimeFault(FrameHeader frame) {
        Instant time = frame.captureTime();
        if (time == null || lastCaptureTime == null || !time.isBefore(lastCaptureTime)) {
            return null;
        }
        if (isOfAClockSetBack(time)) {
            return null;
        }
        return new Rejected(
                Reason.CAPTURE_TIME_BACKWARDS, "capture_time", "not before " + lastCaptureTime, time.toString());
    }

    private boolean isOfAClockSetBack(Instant time) {
        boolean inOrder = earlier > 0 && lastEarlier != null && !time.isBefore(lastEarlier);
        boolean setBack = inOrder && earlier >= OF_A_CLOCK_SET_BACK;
        earlier = inOrder ? earlier + 1 : 1;
        lastEarlier = time;
        return setBack;
    }
}
