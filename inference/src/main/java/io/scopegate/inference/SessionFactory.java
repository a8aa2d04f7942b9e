package io.scopegate.inference;

import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.inference.engine.BackgroundBuilds;
import io.scopegate.inference.engine.EnginePendingException;
import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.inference.target.MemoryUnavailableException;
import io.scopegate.inference.target.TargetPlan;
import io.scopegate.inference.target.TargetUnavailableException;
import java.time.Duration;
import java.util.Optional;

/** Opens the networks of published models. */
public interface SessionFactory {

    /**
     * Returns the targets on which networks can be opened, in the machine's present state.
     *
     * @throws TargetUnavailableException if none of the wanted targets is available
     */
    default TargetPlan plan() throws TargetUnavailableException {
        return TargetPlan.PROCESSORS;
    }

    /**
     * Opens a session, which the caller has to close.
     *
     * @throws ModelUnusableException if the file is no network, or its inputs and outputs are not as the manifest says
     * @throws EnginePendingException if the engine that the network needs on this target is being built
     * @throws MemoryUnavailableException if this target is the CPU and there is not enough memory at the moment
     * @throws TargetUnavailableException if the network cannot run on this target
     */
    InferenceSession open(PublishedModel model, ExecutionTarget target)
            throws ModelUnusableException, TargetUnavailableException;

    /** Returns why the GPU is lost to this process and no longer tried; empty if it is not lost. */
    default Optional<String> lostDevice() {
        return Optional.empty();
    }

    /** Returns the engine builds that go on beside serving, for targets that need an engine. */
    default BackgroundBuilds engines() {
        return BackgroundBuilds.NONE;
    }

    /**
     * Terminates the runs under way in all sessions that this factory has opened, and refuses all later ones; both
     * throw a fault that is {@link InferenceFailedException#processEnding}. A process must not end while a run goes on.
     * A run stops before its next node; one that hangs in a driver does not.
     *
     * @param patience how long to wait for the runs under way
     * @return whether no run is under way any more
     */
    default boolean endRuns(Duration patience) throws InterruptedException {
        return true;
    }
}
