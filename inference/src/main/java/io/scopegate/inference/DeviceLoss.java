package io.scopegate.inference;

import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.inference.target.SkippedTarget;
import io.scopegate.inference.target.TargetPlan;
import io.scopegate.inference.target.TargetUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Records whether the GPU is lost to this process. It is not tried again, since CUDA keeps some errors until the
 * process ends. May be used from any thread.
 */
public final class DeviceLoss {

    private final AtomicReference<@Nullable String> reason = new AtomicReference<>();

    /** Marks the GPU as lost. Only the first reason is kept. */
    public void lost(String why) {
        reason.compareAndSet(null, "device: lost until the server is restarted: " + why);
    }

    /** Returns why the GPU is lost, for people; empty if it is not. */
    public Optional<String> reason() {
        return Optional.ofNullable(reason.get());
    }

    /**
     * Removes the GPU targets from a plan if the GPU is lost.
     *
     * @throws TargetUnavailableException if no target is left
     */
    public TargetPlan remaining(TargetPlan plan) throws TargetUnavailableException {
        String why = reason.get();
        if (why == null) {
            return plan;
        }
        List<SkippedTarget> passedOver = new ArrayList<>(plan.passedOver());
        plan.targets().stream()
                .filter(ExecutionTarget::isGpu)
                .forEach(target -> passedOver.add(new SkippedTarget(target, why)));
        List<ExecutionTarget> left =
                plan.targets().stream().filter(target -> !target.isGpu()).toList();
        if (left.isEmpty()) {
            throw new TargetUnavailableException(SkippedTarget.reasons(passedOver));
        }
        return new TargetPlan(left, passedOver);
    }

    /** @throws TargetUnavailableException if the target is on the GPU and the GPU is lost */
    public void require(ExecutionTarget target) throws TargetUnavailableException {
        if (target.isGpu()) {
            requireGpu();
        }
    }

    /** @throws TargetUnavailableException if the GPU is lost */
    public void requireGpu() throws TargetUnavailableException {
        String why = reason.get();
        if (why != null) {
            throw new TargetUnavailableException(why);
        }
    }

    /** Returns the same session, whose runs report a loss. */
    public InferenceSession watch(InferenceSession session) {
        return new Watched(session, this);
    }

    private record Watched(InferenceSession session, DeviceLoss loss) implements InferenceSession {

        @Override
        public List<float[]> run(InputBatch batch) throws InferenceFailedException {
            try {
                return session.run(batch);
            } catch (InferenceFailedException e) {
                if (e.deviceLost()) {
                    loss.lost(String.valueOf(e.getMessage()));
                }
                throw e;
            }
        }

        @Override
        public int maxBatch() {
            return session.maxBatch();
        }

        @Override
        public void close() {
            session.close();
        }
    }
}
