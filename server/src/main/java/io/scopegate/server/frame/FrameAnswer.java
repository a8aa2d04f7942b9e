package io.scopegate.server.frame;

/**
 * The single, final answer to a frame.
 *
 * @param header of the frame
 * @param outcome what became of the frame
 * @param verdict the verdict to act on
 * @param timings where the frame's time went
 */
public record FrameAnswer(FrameHeader header, FrameOutcome outcome, FrameVerdict verdict, Timings timings) {

    public FrameAnswer {
        if (verdict.inBody() && !(outcome instanceof FrameOutcome.Classified)) {
            throw new IllegalArgumentException("verdict: in body for a classified frame only, not " + outcome);
        }
    }
}
