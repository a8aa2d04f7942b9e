package io.scopegate.trainer.plan;

/** A plan that cannot be carried out; the message names the setting, what it should be and what it is. */
public final class PlanException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public PlanException(String message) {
        super(message);
    }
}
