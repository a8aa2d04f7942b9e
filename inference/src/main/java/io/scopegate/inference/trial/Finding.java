package io.scopegate.inference.trial;

import io.scopegate.inference.device.ProbeStep;
import io.scopegate.inference.device.ProbeStep.Name;
import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.inference.target.PassedOver;
import java.util.List;

/**
 * How far the way to one target leads.
 *
 * @param target where a network would run
 * @param steps in their order; the last is the first that does not lead on, if one does not
 */
public record Finding(ExecutionTarget target, List<ProbeStep> steps) {

    public Finding {
        steps = List.copyOf(steps);
    }

    public boolean usable() {
        return steps.stream().noneMatch(ProbeStep::hasFailed);
    }

    /** True if the network was opened there, and its golden pictures were not answered as published. */
    public boolean answersWrongly() {
        return steps.stream().anyMatch(step -> step.name() == Name.GOLDEN && step.hasFailed());
    }

    /** What leads no further, and what to do about it, for people; targets with the same reason share it. */
    public static String reasons(List<Finding> findings) {
        return PassedOver.reasons(findings.stream()
                .flatMap(finding -> finding.steps().stream()
                        .filter(ProbeStep::hasFailed)
                        .map(step -> new PassedOver(finding.target(), step.detail())))
                .toList());
    }
}
