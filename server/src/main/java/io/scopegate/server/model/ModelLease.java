package io.scopegate.server.model;

import io.scopegate.bundle.preprocess.InputShape;
import io.scopegate.inference.InferenceSession;
import io.scopegate.server.frame.ModelIdentity;
import io.scopegate.server.infer.TensorPool;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Keeps a model's session open for one frame, even if another model takes its place. Closing twice does nothing. */
public final class ModelLease implements AutoCloseable {

    private final ServedModel model;
    private final AtomicBoolean closed = new AtomicBoolean();

    ModelLease(ServedModel model) {
        this.model = model;
    }

    /** Which model it is. */
    public ModelIdentity identity() {
        return model.identity();
    }

    /** The input that its network takes. */
    public InputShape shape() {
        return model.shape();
    }

    /** How many frames one run may take at most. */
    public int maxBatch() {
        return model.limits().maxBatch();
    }

    /** After which time a run counts as hung, by how long its runs took before it served. */
    public Duration runLimit() {
        return model.limits().time();
    }

    /** True if both are of the same session. */
    public boolean sameModel(ModelLease other) {
        return model == other.model;
    }

    boolean isOf(@Nullable ServedModel served) {
        return model == served;
    }

    /** Its session; for the inference threads only, and not beyond this lease. */
    public InferenceSession session() {
        return model.session();
    }

    /** Tensors of its input's size. */
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
