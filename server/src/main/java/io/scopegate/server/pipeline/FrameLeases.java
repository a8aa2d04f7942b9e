package io.scopegate.server.pipeline;

import io.scopegate.server.infer.FaultLog;
import io.scopegate.server.infer.TensorLease;
import io.scopegate.server.model.ModelLease;
import org.jspecify.annotations.Nullable;

/**
 * A place for one frame at the network: the model that will judge it and the tensor that it is written into. Owns both
 * leases.
 */
record FrameLeases(ModelLease model, TensorLease tensor) implements AutoCloseable {

    private static final FaultLog NOT_LET_GO =
            FaultLog.of(FrameLeases.class, "failed to release the model or the input tensor of a frame");

    /**
     * Returns a place if a tensor is free, or null if none is. Takes over the model's lease in any case, even if it
     * fails.
     */
    static @Nullable FrameLeases ifFree(ModelLease model) {
        FrameLeases place = null;
        try {
            TensorLease tensor = model.tensors().tryAcquire();
            place = tensor == null ? null : with(model, tensor);
            return place;
        } finally {
            if (place == null) {
                model.close();
            }
        }
    }

    /** Waits for a free tensor. Takes over the model's lease, even if it fails. */
    static FrameLeases at(ModelLease model) throws InterruptedException {
        FrameLeases place = null;
        try {
            place = with(model, model.tensors().acquire());
            return place;
        } finally {
            if (place == null) {
                model.close();
            }
        }
    }

    /** Closes the tensor's lease if it fails, for example for lack of memory. */
    private static FrameLeases with(ModelLease model, TensorLease tensor) {
        FrameLeases place = null;
        try {
            place = new FrameLeases(model, tensor);
            return place;
        } finally {
            if (place == null) {
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
