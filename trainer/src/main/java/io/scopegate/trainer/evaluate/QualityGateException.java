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

    /** Before there are figures. */
    public QualityGateException(String message) {
        super(message);
        this.reasons = new ArrayList<>(List.of(message));
        this.figures = JsonNodeFactory.instance.objectNode();
    }

    /**
     * With the figures that were not good enough.
     *
     * @param gate that refused
     * @param reasons one for each figure
     * @param figures for programs
     */
    public QualityGateException(String gate, List<String> reasons, ObjectNode figures) {
        super(gate + ": " + String.join("; ", reasons));
        this.reasons = new ArrayList<>(reasons);
        this.figures = figures.deepCopy();
    }

    /** For programs: {@code refused} has the reasons; beside it are the figures, if there are any. */
    public ObjectNode toJson() {
        ObjectNode json = figures.deepCopy();
        reasons.forEach(json.putArray("refused")::add);
        return json;
    }
}
