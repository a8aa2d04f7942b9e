package io.scopegate.trainer.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.scopegate.trainer.dataset.FrameFolder;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Settings whose default follows from other settings beside them, so that the schema states none. */
public final class ImpliedSettings {

    private static final String SOURCE = "data\\.sources\\.\\d+";
    private static final String COSINE = "cosine";

    private ImpliedSettings() {}

    /**
     * Returns the effective value of a setting.
     *
     * @param object object that contains the setting, or lacks it
     * @return empty if the value does not follow from the settings of this object
     */
    public static Optional<JsonNode> of(String id, JsonNode object) {
        return switch (id) {
            case "fit.warmUp" -> warmUp(object);
            case "fit.microBatch" -> Optional.of(microBatch(object));
            default -> id.matches(SOURCE + "\\.group") ? group(object) : Optional.empty();
        };
    }

    /** Empty for the cosine's own warm-up, a share of the run's updates, whose number is not known here. */
    private static Optional<JsonNode> warmUp(JsonNode fit) {
        return said(fit, "warmUp")
                .or(() -> fit.path("schedule").asText().equals(COSINE)
                        ? Optional.empty()
                        : Optional.of(IntNode.valueOf(0)));
    }

    /** The micro-batch is no larger than the batch. */
    private static JsonNode microBatch(JsonNode fit) {
        int batch = fit.path("batchSize").asInt(FitPlan.BATCH_SIZE);
        return IntNode.valueOf(Math.min(batch, fit.path("microBatch").asInt(batch)));
    }

    private static Optional<JsonNode> group(JsonNode source) {
        return said(source, "group").or(() -> said(source, "folder").flatMap(ImpliedSettings::lastName));
    }

    /**
     * Returns the last name of a path. Empty if the path ends with {@code ..} or has no name: the folder that it is
     * relative to is not known here.
     */
    private static Optional<JsonNode> lastName(JsonNode folder) {
        try {
            String name = FrameFolder.nameOf(Path.of(folder.asText()).normalize());
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
