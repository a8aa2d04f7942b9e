package io.scopegate.trainer.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Settings that are what others beside them make of them where they are absent, so that no schema states a default. */
public final class ImpliedSettings {

    private static final String SOURCE = "data\\.sources\\.\\d+";
    private static final String COSINE = "cosine";

    private ImpliedSettings() {}

    /**
     * What a setting is in effect.
     *
     * @param object that has the setting, or lacks it
     * @return empty where that is no matter of the others
     */
    public static Optional<JsonNode> of(String id, JsonNode object) {
        return switch (id) {
            case "fit.warmUp" -> warmUp(object);
            case "fit.microBatch" -> Optional.of(microBatch(object));
            default -> id.matches(SOURCE + "\\.group") ? group(object) : Optional.empty();
        };
    }

    /** That of the cosine is a share of a run whose updates are not known here. */
    private static Optional<JsonNode> warmUp(JsonNode fit) {
        return said(fit, "warmUp")
                .or(() -> fit.path("schedule").asText().equals(COSINE)
                        ? Optional.empty()
                        : Optional.of(IntNode.valueOf(0)));
    }

    /** No more than there is to run through the network at once. */
    private static JsonNode microBatch(JsonNode fit) {
        int batch = fit.path("batchSize").asInt(FitPlan.BATCH_SIZE);
        return IntNode.valueOf(Math.min(batch, fit.path("microBatch").asInt(batch)));
    }

    private static Optional<JsonNode> group(JsonNode source) {
        return said(source, "group").or(() -> said(source, "folder").flatMap(ImpliedSettings::lastName));
    }

    /** Of a path that is relative to nobody knows what, the last name is known unless it leads upwards or nowhere. */
    private static Optional<JsonNode> lastName(JsonNode folder) {
        try {
            String name = String.valueOf(Path.of(folder.asText()).normalize().getFileName());
            return Optional.of(name)
                    .filter(known -> !known.isEmpty() && !known.equals(".."))
                    .map(TextNode::valueOf);
        } catch (InvalidPathException noPath) {
            return Optional.empty();
        }
    }

    private static Optional<JsonNode> said(JsonNode object, String name) {
        JsonNode value = object.path(name);
        return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(value);
    }
}
