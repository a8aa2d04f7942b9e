package io.scopegate.inference.trial;

import io.scopegate.inference.device.ProbeStep;
import io.scopegate.inference.device.ProbeStep.Name;
import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.inference.target.PassedOver;
import java.util.List;

/**
 * The result of trying one target.
 *
 * @param target where a network would run
 * @param steps in their order, up to the first that fails, if one does
 */
public record Finding(ExecutionTarget target, List<ProbeStep> steps) {

    public Finding {
        steps = List.copyOf(steps);
    }

    public boolean usable() {
        return steps.stream().noneMatch(ProbeStep::hasFailed);
    }

    /**
     * Returns true if the network was opened on the target, but its golden pictures were not answered as published, or
     * could not be run to the end.
     */
    public boolean answersWrongly() {
        return steps.stream().anyMatch(step -> step.name() == Name.GOLDEN && step.hasFailed());
    }

    /** Returns what failed, and what to do about it, for people; targets with the same reason share it. */
    public static String reasons(List<Finding> findings) {
        return PassedOver.reasons(findings.stream()
                .flatMap(finding -> finding.steps().stream()
                        .filter(ProbeStep::hasFailed)
                        .map(step -> new PassedOver(finding.target(), step.detail())))
                .toList());
    }
}
