package io.scopegate.cli.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scopegate.client.AnswerStatus;
import io.scopegate.client.FrameAnswer;
import java.util.Optional;

/** An answer as a JSON object. */
public final class AnswerJson {

    private AnswerJson() {}

    /**
     * Returns an object with the fields {@code path, frameId, outcome, label, verdict, reason, detail, probabilities,
     * model, latencyMs}; {@code label}, {@code detail} and {@code model} are null if there is none.
     *
     * @param path picture that was sent
     */
    public static ObjectNode of(String path, FrameAnswer answer) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("path", path);
        node.put("frameId", answer.frameId());
        node.put("outcome", answer.outcome().name());
        putOrNull(node, "label", answer.rawClass());
        node.put("verdict", answer.verdict().name());
        node.put("reason", answer.reason().name());
        putOrNull(node, "detail", answer.status().map(AnswerStatus::message));
        ObjectNode probabilities = node.putObject("probabilities");
        answer.probabilities().forEach(probabilities::put);
        putOrNull(node, "model", answer.model().map(model -> model.name() + "/" + model.version()));
        node.put("latencyMs", Rounding.milliseconds(answer.roundTrip()));
        return node;
    }

    private static void putOrNull(ObjectNode node, String name, Optional<String> value) {
        value.ifPresentOrElse(text -> node.put(name, text), () -> node.putNull(name));
    }
}
