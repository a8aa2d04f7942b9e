package io.scopegate.inference.target;

/**
 * A target that would have been better.
 *
 * @param target which
 * @param reason why it is not used, and what to do about it
 */
public record PassedOver(ExecutionTarget target, String reason) {

    @Override
    public String toString() {
        return "not on " + target.label() + ": " + reason;
    }
}
