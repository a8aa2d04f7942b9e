package io.scopegate.inference.trial;

import io.scopegate.inference.device.ProbeStep;
import io.scopegate.inference.device.ProbeStep.Result;
import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.inference.target.SkippedTarget;
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

    /** Returns true if the network ran on the target, but answered its golden pictures differently than published. */
    public boolean answersWrongly() {
        return steps.stream().anyMatch(step -> step.result() == Result.DIFFERS);
    }

    /** Returns what failed, and what to do about it, for people; targets with the same reason share it. */
    public static String reasons(List<Finding> findings) {
        return SkippedTarget.reasons(findings.stream()
                .flatMap(finding -> finding.steps().stream()
                        .filter(ProbeStep::hasFailed)
                        .map(step -> new SkippedTarget(finding.target(), step.detail())))
                .toList());
    }
}
