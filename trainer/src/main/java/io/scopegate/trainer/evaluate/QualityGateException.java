package io.scopegate.trainer.evaluate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** A model that is not good enough to be published or used; the message says in what. */
public final class QualityGateException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final ArrayList<String> reasons;
    private final ObjectNode figures;

    /** For one reason, before there are figures. */
    public QualityGateException(String message) {
        this(message, List.of(message), JsonNodeFactory.instance.objectNode());
    }

    /**
     * For several reasons.
     *
     * @param message for people, with all of them
     * @param reasons one for each figure
     * @param figures those that were not good enough, for programs; empty before there are any
     */
    public QualityGateException(String message, List<String> reasons, ObjectNode figures) {
        super(message);
        this.reasons = new ArrayList<>(reasons);
        this.figures = figures.deepCopy();
    }

    /** The same, with warnings for programs beside the figures. */
    public QualityGateException with(List<String> warnings) {
        ObjectNode more = figures.deepCopy();
        warnings.forEach(more.putArray("warnings")::add);
        QualityGateException warned = new QualityGateException(String.valueOf(getMessage()), reasons, more);
        warned.initCause(this);
        return warned;
    }

    /** For programs: {@code refused} has the reasons; beside it are the figures and warnings, where those are known. */
    public ObjectNode toJson() {
        ObjectNode json = figures.deepCopy();
        reasons.forEach(json.putArray("refused")::add);
        return json;
    }
}
