package io.scopegate.inference.target;

import java.util.List;

/**
 * The targets on which to try to run a network.
 *
 * @param targets to be tried in this order; at least one
 * @param passedOver better ones that are already ruled out
 */
public record TargetPlan(List<ExecutionTarget> targets, List<SkippedTarget> passedOver) {

    /** The CPU alone; the machine is not looked at. */
    public static final TargetPlan PROCESSORS = new TargetPlan(List.of(ExecutionTarget.CPU), List.of());

    public TargetPlan {
        targets = List.copyOf(targets);
        passedOver = List.copyOf(passedOver);
    }
}
