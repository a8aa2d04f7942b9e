package io.scopegate.client;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The frames of a stream that the server has not answered yet, oldest first. Guarded by its owner's lock. */
final class UnansweredFrames {
    private final Deque<SentFrame> frames = new ArrayDeque<>();
    private long bytes;

    void add(SentFrame frame) {
        frames.addLast(frame);
        bytes += frame.bytes();
    }

    /** Returns the total size of their messages. */
    long bytes() {
        return bytes;
    }

    int size() {
        return frames.size();
    }

    /**
     * Returns the frame that an answer belongs to. Answers come in the order of the frames, so it is the oldest one.
     *
     * @throws ProtocolBreach if the answer is for any other frame, or for none
     */
    SentFrame next(long frameId) {
        SentFrame oldest = frames.peekFirst();
        if (oldest == null) {
            throw new ProtocolBreach(
                    "answer to frame " + Long.toUnsignedString(frameId) + " while no frame is unanswered");
        }
        oldest.refuseOther(frameId);
        return oldest;
    }

    /** Removes the oldest. There must be one. */
    void remove() {
        bytes -= frames.removeFirst().bytes();
    }

    /** Removes and returns all. */
    List<SentFrame> abandoned() {
        List<SentFrame> all = new ArrayList<>(frames);
        frames.clear();
        bytes = 0;
        return all;
    }
}
