package io.scopegate.server.pipeline;

import io.scopegate.server.infer.TensorLease;
import io.scopegate.server.model.ModelLease;
import org.jspecify.annotations.Nullable;

/**
 * A place for one frame at the network: the model that will judge it and the tensor that it is written into. Owns both
 * leases.
 */
record NetworkPlace(ModelLease model, TensorLease tensor) implements AutoCloseable {

    /** Where a tensor is free; null if none is. Takes over the model's lease, whatever it returns, and also when it fails. */
    static @Nullable NetworkPlace ifFree(ModelLease model) {
        TensorLease tensor = null;
        try {
            tensor = model.tensors().tryAcquire();
            return tensor == null ? null : new NetworkPlace(model, tensor);
        } finally {
            if (tensor == null) {
                model.close();
            }
        }
    }

    /** Waits for a free tensor. Takes over the model's lease, also when it fails. */
    static NetworkPlace at(ModelLease model) throws InterruptedException {
        try {
            return new NetworkPlace(model, model.tensors().acquire());
        } catch (InterruptedException | RuntimeException | Error e) {
            model.close();
            throw e;
        }
    }

    @Override
    public void close() {
        tensor.close();
        model.close();
    }
}
