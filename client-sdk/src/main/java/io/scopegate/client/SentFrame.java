package io.scopegate.client;

import io.scopegate.proto.v1.Frame;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is kept of a frame while it is unanswered: everything but its content.
 *
 * @param bytes the size of its message, content included
 * @param sent when the application called to send it; it may have had to wait after that
 */
record SentFrame(
        long id,
        Instant captureTime,
        OptionalLong sourceFrameNumber,
        Optional<Instant> sourceTime,
        int bytes,
        Moment sent) {

    static SentFrame of(Frame frame, Moment sent) {
        return new SentFrame(
                frame.getFrameId(),
                ProtoTime.instant(frame.getCaptureTime()),
                frame.hasSourceFrameNumber() ? OptionalLong.of(frame.getSourceFrameNumber()) : OptionalLong.empty(),
                frame.hasSourceTime() ? Optional.of(ProtoTime.instant(frame.getSourceTime())) : Optional.empty(),
                frame.getSerializedSize(),
                sent);
    }

    /**
     * Refuses an answer to any frame but this one, which is next.
     *
     * @throws ProtocolBreach if the answer is to another frame
     */
    void refuseOther(long frameId) {
        if (id != frameId) {
            throw new ProtocolBreach("answer to frame " + Long.toUnsignedString(frameId) + " while frame "
                    + Long.toUnsignedString(id) + " is the next to be answered");
        }
    }
}
