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

    /** For people; empty if nothing would have been better. */
    public String fallback() {
        return PassedOver.reasons(passedOver);
    }
}
