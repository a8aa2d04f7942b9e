package io.scopegate.trainer.evaluate;

/** A model that is not good enough to be published; the message says in what. */
public final class QualityGateException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public QualityGateException(String message) {
        super(message);
    }
}
