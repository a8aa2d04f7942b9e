package io.scopegate.inference.target;

import java.util.List;

/**
 * Where a network runs, and why not on a better target.
 *
 * @param target where it runs
 * @param passedOver better targets that are not used
 */
public record Execution(ExecutionTarget target, List<SkippedTarget> passedOver) {

    public Execution {
        passedOver = List.copyOf(passedOver);
    }

    /** Returns true if something is wrong with a better target, other than that this machine has no GPU. */
    public boolean isSecondBest() {
        return passedOver.stream().anyMatch(over -> !over.absent());
    }

    /** Returns whether a better target may become available later. */
    public boolean mayMoveUp() {
        return passedOver.stream().anyMatch(SkippedTarget::mayPass);
    }

    /** Returns why better targets are not used, for people; empty if there are none. */
    public String fallback() {
        return SkippedTarget.reasons(passedOver);
    }
}
