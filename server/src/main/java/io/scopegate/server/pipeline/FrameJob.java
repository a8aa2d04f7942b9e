package io.scopegate.server.pipeline;

import io.scopegate.server.frame.ArrivedFrame;
import io.scopegate.server.frame.Frame;
import io.scopegate.server.frame.FrameHeader;
import io.scopegate.server.frame.FrameOutcome;
import io.scopegate.server.frame.FrameOutcome.Rejected;
import io.scopegate.server.frame.PictureContent;
import org.jspecify.annotations.Nullable;

/**
 * One frame on its way. Its outcome and what comes after it are guarded by its stream's lock; the rest belongs to the stage
 * it is in.
 */
final class FrameJob {

    private static final long SMALL_BYTES = 1 << 20;

    private final FrameHeader header;
    private final long turn;
    private final StageTimes times;
    private final long pictureBytes;
    private @Nullable FrameJob next;
    private @Nullable Frame frame;
    private @Nullable PictureMemory memory;
    private @Nullable PictureContent content;
    private @Nullable FrameOutcome outcome;
    private long settledNanos;

    /**
     * A frame that has just arrived.
     *
     * @param turn its place in the order of arrival
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

    /** The frame after it in its stream's order; null for the last. */
    @Nullable
    FrameJob next() {
        return next;
    }

    void standBefore(@Nullable FrameJob later) {
        next = later;
    }

    /**
     * Its picture is to wait there.
     *
     * @param older whose picture gives way to it and waits there no longer; null for none
     * @return null if there is room; otherwise why it may not, and nothing has changed
     */
    @Nullable
    Rejected waitIn(PictureMemory room, @Nullable FrameJob older) {
        Rejected full = room.exchange(older == null ? 0 : older.waitingBytes(), pictureBytes);
        if (full == null) {
            memory = room;
            if (older != null) {
                older.memory = null;
            }
        }
        return full;
    }

    private long waitingBytes() {
        return memory == null ? 0 : pictureBytes;
    }

    /** Whether its picture is prepared in about a millisecond. An encoded one says only to its decoder how large it is. */
    boolean isSmall() {
        Frame waiting = picture();
        return !waiting.format().pixelFormat().encoded() && pictureBytes <= SMALL_BYTES;
    }

    /** The picture, which is let go of once it is taken. */
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

    /** Nobody wants its picture any more. */
    void letGo() {
        if (memory != null) {
            memory.giveBack(pictureBytes);
        }
        memory = null;
        frame = null;
    }

    /** The picture has been decoded and looked at. */
    void seen(PictureContent picture) {
        content = picture;
    }

    /** What its picture shows; null if it has not been looked at. */
    @Nullable
    PictureContent content() {
        return content;
    }

    @Nullable
    FrameOutcome outcome() {
        return outcome;
    }

    /** By the server's steady clock. */
    long settledNanos() {
        return settledNanos;
    }

    void settle(FrameOutcome settled, long nanos) {
        outcome = settled;
        settledNanos = nanos;
        letGo();
    }
}
