package io.scopegate.server.pipeline;

import io.scopegate.server.infer.FaultLog;
import io.scopegate.server.infer.TensorLease;
import io.scopegate.server.model.ModelLease;
import org.jspecify.annotations.Nullable;

/**
 * What one frame holds to get to the network: the leases of the model that will judge it and of the tensor that it is
 * written into. Owns both.
 */
record FrameLeases(ModelLease model, TensorLease tensor) implements AutoCloseable {

    private static final FaultLog NOT_LET_GO =
            FaultLog.of(FrameLeases.class, "failed to release the model or the input tensor of a frame");

    /**
     * Returns both leases if a tensor is free, or null if none is. Takes over the model's lease in any case, even if
     * it fails.
     */
    static @Nullable FrameLeases ifFree(ModelLease model) {
        FrameLeases leases = null;
        try {
            TensorLease tensor = model.tensors().tryAcquire();
            leases = tensor == null ? null : with(model, tensor);
            return leases;
        } finally {
            if (leases == null) {
                model.close();
            }
        }
    }

    /** Waits for a free tensor. Takes over the model's lease, even if it fails. */
    static FrameLeases at(ModelLease model) throws InterruptedException {
        FrameLeases leases = null;
        try {
            leases = with(model, model.tensors().acquire());
            return leases;
        } finally {
            if (leases == null) {
                model.close();
            }
        }
    }

    /** Closes the tensor's lease if it fails, for example for lack of memory. */
    private static FrameLeases with(ModelLease model, TensorLease tensor) {
        FrameLeases leases = null;
        try {
            leases = new FrameLeases(model, tensor);
            return leases;
        } finally {
            if (leases == null) {
                tensor.close();
            }
        }
    }

    /** Never throws: the caller still has frames to answer. */
    @Override
    public void close() {
        try {
            tensor.close();
            model.close();
        } catch (RuntimeException | Error e) {
            NOT_LET_GO.say(e);
        }
    }
}
