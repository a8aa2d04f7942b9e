package io.scopegate.server.pipeline;

import io.scopegate.server.frame.FrameOutcome;
import io.scopegate.server.infer.InputTensor;
import io.scopegate.server.model.ModelLease;

/**
 * A frame whose tensor is ready for the network. Owns its leases; when a stream offers the frame to a batch, they
 * become the caller's.
 *
 * @param stream the stream that it comes from
 * @param job the frame
 * @param leases its leases of the model and of the tensor that it is written into
 */
record PreparedFrame(FrameStream stream, FrameJob job, FrameLeases leases) implements BatchCandidate, AutoCloseable {

    ModelLease model() {
        return leases.model();
    }

    InputTensor tensor() {
        return leases.tensor().tensor();
    }

    /** Tells its stream the outcome; only the first one counts. */
    void settle(FrameOutcome outcome) {
        stream.settledByNetwork(job, outcome);
    }

    @Override
    public void close() {
        leases.close();
    }
}
