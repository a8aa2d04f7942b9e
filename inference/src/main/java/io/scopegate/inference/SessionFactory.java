package io.scopegate.inference;

import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.inference.engine.EnginePendingException;
import io.scopegate.inference.engine.EngineWork;
import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.inference.target.MemoryUnavailableException;
import io.scopegate.inference.target.TargetPlan;
import io.scopegate.inference.target.TargetUnavailableException;
import java.time.Duration;
import java.util.Optional;

/** Opens the network of a published model. */
public interface SessionFactory {

    /**
     * Where networks may be opened, as this machine is now.
     *
     * @throws TargetUnavailableException if it is nowhere of where it is to be
     */
    default TargetPlan plan() throws TargetUnavailableException {
        return TargetPlan.PROCESSORS;
    }

    /**
     * The session is the caller's to close.
     *
     * @throws ModelUnusableException if the file is no network, or its inputs and outputs are not as the manifest says
     * @throws EnginePendingException if the engine that it needs there is being built
     * @throws MemoryUnavailableException if this target is the processors and there is no memory for it now
     * @throws TargetUnavailableException if it cannot run on this target
     */
    InferenceSession open(PublishedModel model, ExecutionTarget target)
            throws ModelUnusableException, TargetUnavailableException;

    /** Why the GPU is lost to this process, and is tried no more, if it is. */
    default Optional<String> lostDevice() {
        return Optional.empty();
    }

    /** The engines that are built beside, for those targets that need one. */
    default EngineWork engines() {
        return EngineWork.NONE;
    }

    /**
     * Ends the runs under way of all sessions that it has opened, as if they had failed, and refuses all later ones: a
     * process must not end while one goes on. A run ends before its next step; one that hangs in a driver does not.
     *
     * @param patience how long to wait for those under way
     * @return whether none is under way any more
     */
    default boolean endRuns(Duration patience) throws InterruptedException {
        return true;
    }
}
