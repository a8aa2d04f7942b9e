package io.scopegate.server.pipeline;

import io.scopegate.server.frame.FrameOutcome;
import io.scopegate.server.infer.InputTensor;
import io.scopegate.server.model.ModelLease;

/**
 * A frame whose tensor is ready for the network. Owns its place there; when a stream offers the frame to a batch, the
 * place becomes the caller's.
 *
 * @param stream the stream that it comes from
 * @param job the frame
 * @param place where its tensor lies
 */
record PreparedFrame(FrameStream stream, FrameJob job, FrameLeases place) implements BatchCandidate, AutoCloseable {

    ModelLease model() {
        return place.model();
    }

    InputTensor tensor() {
        return place.tensor().tensor();
    }

    /** Tells its stream the outcome; only the first one counts. */
    void settle(FrameOutcome outcome) {
        stream.settledByNetwork(job, outcome);
    }

    @Override
    public void close() {
        place.close();
    }
}
