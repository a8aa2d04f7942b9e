package io.scopegate.server.pipeline;

import io.scopegate.server.frame.ArrivedFrame;
import io.scopegate.server.frame.Frame;
import io.scopegate.server.frame.FrameHeader;
import io.scopegate.server.frame.FrameOutcome;
import io.scopegate.server.frame.FrameOutcome.Rejected;
import io.scopegate.server.frame.PictureContent;
import org.jspecify.annotations.Nullable;

/**
 * One frame on its way through the pipeline. Its outcome and its successor are guarded by its stream's lock; the rest
 * belongs to the stage that it is in.
 */
final class FrameJob {

    private static final long SMALL_BYTES = 1 << 20;

    private final FrameHeader header;
    private final long turn;
    private final StageTimes times;
    private final long pictureBytes;
    private @Nullable FrameJob next;
    private @Nullable Frame frame;
    private @Nullable WaitingPictureLimit memory;
    private @Nullable PictureContent content;
    private @Nullable FrameOutcome outcome;
    private long settledNanos;

    /**
     * Creates the job of a frame that has just arrived.
     *
     * @param turn its position in its stream's order of arrival
     */
    FrameJob(ArrivedFrame arrived, long turn) {
        this.header = arrived.header();
        this.turn = turn;
        this.times = new StageTimes(header.receivedNanos());
        this.frame = arrived instanceof Frame readable ? readable : null;
        this.pictureBytes = frame == null ? 0 : frame.bytes();
    }

    FrameHeader header() {
        return header;
    }

    long turn() {
        return turn;
    }

    StageTimes times() {
        return times;
    }

    /** Returns the next frame in its stream's order, or null if this is the last. */
    @Nullable
    FrameJob next() {
        return next;
    }

    void standBefore(@Nullable FrameJob later) {
        next = later;
    }

    /**
     * Reserves memory for the picture until it is decoded.
     *
     * @param older a frame whose reservation ends because this one replaces it; null for none
     * @return null if the memory is reserved; otherwise why it is not, and nothing has changed
     */
    @Nullable
    Rejected waitIn(WaitingPictureLimit pictures, @Nullable FrameJob older) {
        Rejected full = pictures.exchange(older == null ? 0 : older.waitingBytes(), pictureBytes);
        if (full == null) {
            memory = pictures;
            if (older != null) {
                older.memory = null;
            }
        }
        return full;
    }

    private long waitingBytes() {
        return memory == null ? 0 : pictureBytes;
    }

    /**
     * Returns whether the picture takes about a millisecond to prepare. An encoded one never counts as small, since
     * only its decoder can tell how large it is.
     */
    boolean isSmall() {
        Frame waiting = picture();
        return !waiting.format().pixelFormat().encoded() && pictureBytes <= SMALL_BYTES;
    }

    /** Hands over the picture. This job then holds neither the picture nor its reservation any more. */
    Frame takeFrame() {
        Frame taken = picture();
        letGo();
        return taken;
    }

    private Frame picture() {
        if (frame == null) {
            throw new IllegalStateException("the picture has been taken already");
        }
        return frame;
    }

    /** Drops the picture and its reservation, if they are still held: nobody needs them any more. */
    void letGo() {
        if (memory != null) {
            memory.giveBack(pictureBytes);
        }
        memory = null;
        frame = null;
    }

    /** Notes what the decoded picture shows. */
    void seen(PictureContent picture) {
        content = picture;
    }

    /** Returns what the picture shows, or null if it was not looked at. */
    @Nullable
    PictureContent content() {
        return content;
    }

    @Nullable
    FrameOutcome outcome() {
        return outcome;
    }

    /** Returns when the frame got its outcome, by the server's monotonic clock. */
    long settledNanos() {
        return settledNanos;
    }

    void settle(FrameOutcome settled, long nanos) {
        outcome = settled;
        settledNanos = nanos;
        letGo();
    }
}
