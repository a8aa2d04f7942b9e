package io.scopegate.server.pipeline;

import io.scopegate.server.infer.TensorLease;
import io.scopegate.server.model.ModelLease;

/**
 * A place for one frame at the network: the model that will judge it and the tensor that it is written into. Owns both
 * leases.
 */
record NetworkPlace(ModelLease model, TensorLease tensor) implements AutoCloseable {

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
