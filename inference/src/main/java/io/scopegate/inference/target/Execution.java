package io.scopegate.inference.target;

import java.util.List;

/**
 * Where a network runs, and why not somewhere better.
 *
 * @param target where
 * @param passedOver what would have been better
 */
public record Execution(ExecutionTarget target, List<PassedOver> passedOver) {

    public Execution {
        passedOver = List.copyOf(passedOver);
    }

    /** True if something is wrong with what would have been better, more than that this is no machine with a GPU. */
    public boolean isSecondBest() {
        return passedOver.stream().anyMatch(over -> !over.absent());
    }

    /** Whether a better target may be there later. */
    public boolean mayMoveUp() {
        return passedOver.stream().anyMatch(PassedOver::mayPass);
    }

    /** For people; empty if nothing would have been better. */
    public String fallback() {
        return PassedOver.reasons(passedOver);
    }
}
