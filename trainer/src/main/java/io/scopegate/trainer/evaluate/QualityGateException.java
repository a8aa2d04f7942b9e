package io.scopegate.trainer.evaluate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Thrown if a model is not good enough to be published or used. The message says why. */
public final class QualityGateException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final ArrayList<String> reasons;
    private final ObjectNode figures;

    /** Creates an exception with one reason, when no figures are known yet. */
    public QualityGateException(String message) {
        this(message, List.of(message), JsonNodeFactory.instance.objectNode());
    }

    /**
     * Creates an exception with several reasons.
     *
     * @param message for people, with all reasons
     * @param reasons one for each figure that is not good enough
     * @param figures the figures of the model, for programs; empty if none are known yet
     */
    public QualityGateException(String message, List<String> reasons, ObjectNode figures) {
        super(message);
        this.reasons = new ArrayList<>(reasons);
        this.figures = figures.deepCopy();
    }

    /** Returns a copy with warnings beside the figures, for programs. This exception is its cause. */
    public QualityGateException with(List<String> warnings) {
        ObjectNode more = figures.deepCopy();
        warnings.forEach(more.putArray("warnings")::add);
        QualityGateException warned = new QualityGateException(String.valueOf(getMessage()), reasons, more);
        warned.initCause(this);
        return warned;
    }

    /**
     * Returns the exception as JSON for programs: the reasons in {@code refused}, beside figures and warnings if these
     * are known.
     */
    public ObjectNode toJson() {
        ObjectNode json = figures.deepCopy();
        reasons.forEach(json.putArray("refused")::add);
        return json;
    }
}
