package io.scopegate.inference.trial;

import io.scopegate.bundle.model.ModelUnreadableException;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.inference.InferenceSession;
import io.scopegate.inference.SessionFactory;
import io.scopegate.inference.device.ProbeStep;
import io.scopegate.inference.device.ProbeStep.Name;
import io.scopegate.inference.golden.GoldenGate;
import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.inference.target.TargetPlanner;
import io.scopegate.inference.target.TargetUnavailableException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Tries a model on targets, through the same steps as the server, up to the first that fails.
 *
 * @param planner checks all targets
 * @param sessions opens networks on them, and waits for engines
 * @param model the model that is tried
 */
public record Trial(TargetPlanner planner, SessionFactory sessions, PublishedModel model) {

    /** Tries one target. If it needs an engine that is not there, the engine is built, which takes minutes. */
    public Finding of(ExecutionTarget target) {
        return of(target, _ -> {});
    }

    /**
     * Same as {@link #of(ExecutionTarget)}, but also passes on the steps meanwhile.
     *
     * @param found gets each step before the next one that uses a library which may crash
     */
    public Finding of(ExecutionTarget target, Consumer<ProbeStep> found) {
        boolean asks = target.isGpu() && sessions.lostDevice().isEmpty();
        List<ProbeStep> steps = new ArrayList<>(asks ? planner.steps(target, found) : List.of());
        if (steps.stream().noneMatch(ProbeStep::hasFailed)) {
            trial(target, found.andThen(steps::add));
        }
        return new Finding(target, steps);
    }

    private void trial(ExecutionTarget target, Consumer<ProbeStep> found) {
        try (InferenceSession session = sessions.open(model, target)) {
            found.accept(ProbeStep.passed(Name.SESSION, model.manifest().reference() + " is open"));
            found.accept(golden(session, target));
        } catch (ModelUnusableException | TargetUnavailableException e) {
            found.accept(ProbeStep.failed(Name.SESSION, String.valueOf(e.getMessage())));
        }
    }

    private ProbeStep golden(InferenceSession session, ExecutionTarget target) {
        int batch = Math.min(model.manifest().maxBatch(), session.maxBatch());
        try {
            Duration slowest = new GoldenGate(model, session, target, System::nanoTime).pass(batch, Trial::direct);
            return ProbeStep.passed(
                    Name.GOLDEN,
                    String.format(
                            Locale.ROOT,
                            "answers as published; slowest run, of 1 to %d frames: %.1f ms",
                            batch,
                            slowest.toNanos() / 1e6));
        } catch (ModelUnreadableException | TargetUnavailableException e) {
            return ProbeStep.failed(Name.GOLDEN, String.valueOf(e.getMessage()));
        } catch (ModelUnusableException e) {
            return ProbeStep.differs(Name.GOLDEN, String.valueOf(e.getMessage()));
        }
    }

    private static FloatBuffer direct(int floats) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(floats, Float.BYTES))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }
}
