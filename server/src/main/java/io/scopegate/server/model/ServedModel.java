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
 * A model that has passed every check. Owns its session, which is closed when the slot has let go of the model and the
 * last frame that leased it is answered.
 */
final class ServedModel {

    private static final Logger LOG = Logger.getLogger(ServedModel.class);

    /** Made beforehand: for want of memory nobody would close what nobody uses any more. */
    private final Runnable closing = this::close;

    private final ModelIdentity identity;
    private final InputShape shape;
    private final InferenceSession session;
    private final TensorPool tensors;
    private final RunLimits limits;
    private final Execution execution;
    private final Executor closer;
    private final AtomicInteger holders = new AtomicInteger(1);

    /**
     * Takes over the session.
     *
     * @param tensors for its frames
     * @param limits of one run
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

    /** A lease, or null if the session is closed or about to be. */
    @Nullable
    ModelLease lease() {
        // Made first: for want of memory nobody would ever give back what it stands for.
        ModelLease lease = new ModelLease(this);
        int before = holders.getAndUpdate(count -> count == 0 ? 0 : count + 1);
        return before == 0 ? null : lease;
    }

    /**
     * One holder less; with the last one goes the session, for which nobody waits. Throws nothing: the next model serves and
     * the frames are answered, whatever becomes of this one.
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

    /** Whoever does this has other networks to close, or frames to answer, which a fault here must not hinder. */
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
