package io.scopegate.server.model;

import io.scopegate.bundle.preprocess.InputShape;
import io.scopegate.inference.InferenceSession;
import io.scopegate.server.frame.ModelIdentity;
import io.scopegate.server.infer.TensorPool;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Keeps a model's session open for one frame, even if another model replaces it. Closing it twice has no effect. */
public final class ModelLease implements AutoCloseable {

    private final ServedModel model;
    private final AtomicBoolean closed = new AtomicBoolean();

    ModelLease(ServedModel model) {
        this.model = model;
    }

    /** Returns the identity of the leased model. */
    public ModelIdentity identity() {
        return model.identity();
    }

    /** Returns the input shape of its network. */
    public InputShape shape() {
        return model.shape();
    }

    /** Returns how many frames one run may take at most. */
    public int maxBatch() {
        return model.limits().maxBatch();
    }

    /**
     * Returns the time after which a run counts as hung, derived from how long the model's runs took before it served.
     */
    public Duration runLimit() {
        return model.limits().time();
    }

    /** Returns true if both leases are of the same session. */
    public boolean sameModel(ModelLease other) {
        return model == other.model;
    }

    boolean isOf(@Nullable ServedModel served) {
        return model == served;
    }

    /** Returns the session. Only inference threads may use it, and only while this lease is open. */
    public InferenceSession session() {
        return model.session();
    }

    /** Returns the pool of tensors of the network's input size. */
    public TensorPool tensors() {
        return model.tensors();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            model.release();
        }
    }
}
