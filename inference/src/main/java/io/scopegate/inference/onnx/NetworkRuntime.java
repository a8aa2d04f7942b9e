package io.scopegate.inference.onnx;

import ai.onnxruntime.OrtException;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.inference.InferenceSession;
import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.inference.target.TargetUnavailableException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What of ONNX Runtime opens networks. Any thread. */
public interface NetworkRuntime {

    /** As in 1.29.0. */
    String version();

    /**
     * How many frames a network takes at once, by its own inputs and outputs.
     *
     * @throws ModelUnusableException if it cannot be read
     */
    int maxBatch(Network network) throws ModelUnusableException;

    /**
     * Opens a network with TensorRT and closes it again. If its engine is not there, it is written, which takes minutes.
     *
     * @throws OrtException if it cannot be opened
     * @throws ModelUnusableException if it cannot be read
     * @throws TargetUnavailableException if the GPU is no longer there for it
     */
    void load(Network network, EngineFiles engine)
            throws OrtException, ModelUnusableException, TargetUnavailableException;

    /**
     * The session is the caller's to close.
     *
     * @param network of the model
     * @param engine where TensorRT runs it; otherwise null
     * @throws OrtException if it cannot be opened
     * @throws ModelUnusableException if it cannot be read, or its inputs and outputs are not as the manifest says
     */
    InferenceSession open(PublishedModel model, Network network, ExecutionTarget target, @Nullable EngineFiles engine)
            throws OrtException, ModelUnusableException;

    /**
     * Ends the runs under way of all sessions that it has opened, as if they had failed, and refuses all later ones.
     *
     * @param patience how long to wait for those under way
     * @return whether none is under way any more
     */
    default boolean endRuns(Duration patience) throws InterruptedException {
        return true;
    }
}
