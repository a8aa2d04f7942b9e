package io.scopegate.trainer.plan;

/** Thrown if a plan cannot be carried out. The message names the setting, what it should be and what it is. */
public final class PlanException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public PlanException(String message) {
        super(message);
    }
}
