package io.scopegate.inference.target;

import io.scopegate.inference.device.DeviceProbe;
import io.scopegate.inference.device.ProbeStep;
import io.scopegate.inference.device.ProbeStep.Name;
import io.scopegate.inference.target.SkippedTarget.Why;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Decides where a network may run: on those of the wanted targets for which no check of the machine fails. May be used
 * from any thread.
 */
public final class TargetPlanner {

    private final TargetSettings settings;
    private final DeviceProbe probe;
    private final ProviderCheck provider;

    public TargetPlanner(TargetSettings settings, DeviceProbe probe, ProviderCheck provider) {
        this.settings = settings;
        this.probe = probe;
        this.provider = provider;
    }

    /**
     * Makes a plan for the machine as it is now.
     *
     * @throws TargetUnavailableException if none of the wanted targets is available
     */
    public TargetPlan plan() throws TargetUnavailableException {
        List<ExecutionTarget> wanted = wanted();
        List<ProbeStep> machine = machine(wanted);
        List<ExecutionTarget> targets = new ArrayList<>();
        List<SkippedTarget> passedOver = new ArrayList<>();
        for (ExecutionTarget target : wanted) {
            obstacle(target, machine)
                    .ifPresentOrElse(
                            step -> passedOver.add(new SkippedTarget(
                                    target, step.detail(), step.isAbsent() ? Why.NO_GPU : Why.FOR_NOW)),
                            () -> targets.add(target));
        }
        if (targets.isEmpty()) {
            throw new TargetUnavailableException(SkippedTarget.reasons(passedOver));
        }
        return new TargetPlan(targets, passedOver);
    }

    /** Returns all wanted targets, available or not, without looking at the machine. */
    public TargetPlan unasked() {
        return new TargetPlan(wanted(), List.of());
    }

    private List<ExecutionTarget> wanted() {
        return settings.wanted().targets().stream()
                .filter(target -> settings.halfPrecision() || target != ExecutionTarget.TENSORRT_FP16)
                .toList();
    }

    /** Checks a target. Returns every step up to the first that fails. */
    public List<ProbeStep> steps(ExecutionTarget target) {
        return steps(target, _ -> {});
    }

    /**
     * Same as {@link #steps(ExecutionTarget)}, but also passes on the steps meanwhile.
     *
     * @param found gets the checks of the machine before that of the provider, whose libraries may crash
     */
    public List<ProbeStep> steps(ExecutionTarget target, Consumer<ProbeStep> found) {
        List<ProbeStep> steps = new ArrayList<>(machine(List.of(target)));
        steps.forEach(found);
        if (steps.stream().noneMatch(ProbeStep::hasFailed)) {
            ProbeStep checked = provider.check(target);
            found.accept(checked);
            steps.add(checked);
        }
        return steps;
    }

    /** Checks as much of the machine as these targets need: a library that none of them uses is not loaded. */
    private List<ProbeStep> machine(List<ExecutionTarget> targets) {
        if (targets.stream().anyMatch(ExecutionTarget::isTensorRt)) {
            return probe.look(settings.device());
        }
        return targets.stream().anyMatch(ExecutionTarget::isGpu) ? probe.lookAtDevice(settings.device()) : List.of();
    }

    /** Returns the first check that rules a target out; empty if none does. */
    private Optional<ProbeStep> obstacle(ExecutionTarget target, List<ProbeStep> machine) {
        if (!target.isGpu()) {
            return Optional.empty();
        }
        return machine.stream()
                .filter(step -> concerns(step, target) && step.hasFailed())
                .findFirst()
                .or(() -> Optional.of(provider.check(target)).filter(ProbeStep::hasFailed));
    }

    private static boolean concerns(ProbeStep step, ExecutionTarget target) {
        return step.name() != Name.TENSORRT || target.isTensorRt();
    }
}
