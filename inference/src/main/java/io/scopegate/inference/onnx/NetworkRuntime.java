package io.scopegate.inference.onnx;

import ai.onnxruntime.OrtException;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.inference.InferenceSession;
import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.inference.target.TargetUnavailableException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The part of ONNX Runtime that opens networks. May be used from any thread. */
public interface NetworkRuntime {

    /** Returns the version, such as 1.29.0. */
    String version();

    /**
     * Returns how many frames a network takes at once, judging by its own inputs and outputs.
     *
     * @throws ModelUnusableException if it cannot be read
     */
    int maxBatch(Network network) throws ModelUnusableException;

    /**
     * Opens a network with TensorRT and closes it again. If its engine does not exist, it is written, which takes
     * minutes.
     *
     * @throws OrtException if the network cannot be opened
     * @throws ModelUnusableException if it cannot be read
     * @throws TargetUnavailableException if the GPU has been lost
     */
    void load(Network network, EngineFiles engine)
            throws OrtException, ModelUnusableException, TargetUnavailableException;

    /**
     * Opens a session, which the caller has to close.
     *
     * @param network the network of the model
     * @param engine where its engine is, if TensorRT runs it; otherwise null
     * @throws OrtException if the network cannot be opened
     * @throws ModelUnusableException if it cannot be read, or its inputs and outputs are not as the manifest says
     */
    InferenceSession open(PublishedModel model, Network network, ExecutionTarget target, @Nullable EngineFiles engine)
            throws OrtException, ModelUnusableException;

    /**
     * Terminates the runs under way in all sessions that this runtime has opened, as if they had failed, and refuses
     * all later ones.
     *
     * @param patience how long to wait for the runs under way
     * @return whether no run is under way any more
     */
    default boolean endRuns(Duration patience) throws InterruptedException {
        return true;
    }
}
