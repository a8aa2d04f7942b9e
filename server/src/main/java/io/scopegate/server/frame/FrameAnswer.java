package io.scopegate.server.frame;

/**
 * The one answer to a frame.
 *
 * @param header of the frame
 * @param outcome what became of it
 * @param verdict what is to be done with it
 * @param timings what its time went into
 */
public record FrameAnswer(FrameHeader header, FrameOutcome outcome, FrameVerdict verdict, Timings timings) {

    public FrameAnswer {
        if (verdict.inBody() && !(outcome instanceof FrameOutcome.Classified)) {
            throw new IllegalArgumentException("verdict: in body for a classified frame only, not " + outcome);
        }
    }
}
