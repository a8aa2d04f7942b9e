package io.scopegate.inference.target;

import java.util.List;

/**
 * Where to try to run a network.
 *
 * @param targets to be tried in this order; at least one
 * @param passedOver better ones that need no trial
 */
public record TargetPlan(List<ExecutionTarget> targets, List<PassedOver> passedOver) {

    /** The processors, for those who look at nothing else. */
    public static final TargetPlan PROCESSORS = new TargetPlan(List.of(ExecutionTarget.CPU), List.of());

    public TargetPlan {
        targets = List.copyOf(targets);
        passedOver = List.copyOf(passedOver);
    }
}
