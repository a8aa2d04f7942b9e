package io.scopegate.server.model;

import io.scopegate.bundle.model.ModelManifest;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.bundle.preprocess.InputShape;
import io.scopegate.inference.InferenceSession;
import io.scopegate.inference.target.Execution;
import io.scopegate.server.frame.ModelIdentity;
import io.scopegate.server.infer.TensorPool;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A model that has passed every check. Owns its session, which is closed when the slot has released the model and the
 * last frame that leased it is answered.
 */
final class ServedModel {

    private static final Logger LOG = Logger.getLogger(ServedModel.class);

    /** Allocated in advance: without memory, an unused session could otherwise not be closed. */
    private final Runnable closing = this::close;

    private final ModelIdentity identity;
    private final InputShape shape;
    private final InferenceSession session;
    private final TensorPool tensors;
    private final RunLimits limits;
    private final Execution execution;
    private final Executor closer;
    private final ModelSlot.Occupant occupant;
    private final AtomicInteger holders = new AtomicInteger(1);

    /**
     * Takes ownership of the session.
     *
     * @param tensors pool for its frames
     * @param limits limits of one run
     */
    ServedModel(PublishedModel published, RunningNetwork network, TensorPool tensors, RunLimits limits) {
        ModelManifest manifest = published.manifest();
        this.identity = new ModelIdentity(
                manifest.name(), manifest.version(), published.digest(), manifest.labels(), manifest.inBodyThreshold());
        this.shape = manifest.input().shape();
        this.session = network.session();
        this.execution = network.execution();
        this.closer = network.closer();
        this.tensors = tensors;
        this.limits = limits;
        this.occupant = new ModelSlot.Occupant(new ModelState.Serving(identity, execution), this);
    }

    /** Returns what a slot holds while it serves this model. */
    ModelSlot.Occupant occupant() {
        return occupant;
    }

    ModelIdentity identity() {
        return identity;
    }

    InputShape shape() {
        return shape;
    }

    InferenceSession session() {
        return session;
    }

    TensorPool tensors() {
        return tensors;
    }

    RunLimits limits() {
        return limits;
    }

    Execution execution() {
        return execution;
    }

    /** Returns a lease, or null if the session is closed or about to be. */
    @Nullable
    ModelLease lease() {
        // Allocated before the holder is counted: if memory ran out in between, the count would never be decremented.
        ModelLease lease = new ModelLease(this);
        int before = holders.getAndUpdate(count -> count == 0 ? 0 : count + 1);
        return before == 0 ? null : lease;
    }

    /**
     * Removes a holder. When the last one is gone, has the session closed without waiting for it. Never throws:
     * whatever happens to this model, the next one serves and the frames are answered.
     */
    void release() {
        if (holders.decrementAndGet() == 0) {
            try {
                closer.execute(closing);
            } catch (RuntimeException | Error e) {
                sayNotClosed(e);
            }
        }
    }

    /** Never throws: the calling thread has other networks to close, or frames to answer. */
    private void close() {
        try {
            session.close();
        } catch (RuntimeException | Error e) {
            sayNotClosed(e);
        }
    }

    private void sayNotClosed(Throwable fault) {
        LOG.errorf(fault, "failed to close the network of model %s, which is no longer in use", identity.reference());
    }
}
