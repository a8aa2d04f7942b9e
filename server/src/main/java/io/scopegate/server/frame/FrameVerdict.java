package io.scopegate.server.frame;

/**
 * The verdict on a frame.
 *
 * @param inBody the verdict to act on; true only if the model, the picture and the stream's earlier frames allow it
 * @param rawInBody the verdict on this frame alone
 * @param reason why the verdict is what it is
 */
public record FrameVerdict(boolean inBody, boolean rawInBody, Reason reason) {

    public FrameVerdict {
        if (inBody && !(rawInBody && reason == Reason.MODEL)) {
            throw new IllegalArgumentException("inBody: only by the model's own word, not " + reason);
        }
    }

    /** Returns an out-of-body verdict, whatever the frame alone may show. */
    public static FrameVerdict outOfBody(boolean rawInBody, Reason reason) {
        return new FrameVerdict(false, rawInBody, reason);
    }
}
