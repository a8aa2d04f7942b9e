package io.scopegate.trainer.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.trainer.plan.TrainingPlan.PublishPlan;
import java.nio.file.Path;

/** Builds the result of {@code train} and {@code publish} for programs: the figures, and what they belong to. */
final class Outcome {

    private Outcome() {}

    static ObjectNode published(PublishedModel model, boolean signed) {
        ObjectNode outcome = JsonNodeFactory.instance.objectNode();
        outcome.put("model", model.manifest().reference());
        outcome.put("directory", model.directory().toString());
        outcome.put("digest", model.digest());
        outcome.put("signed", signed);
        outcome.set("evaluation", model.manifest().provenance().path("evaluation"));
        return outcome;
    }

    /** Returns the result for a model that its gate refused; {@code draft} names what would have been published. */
    static ObjectNode refused(PublishPlan publish, EvaluationSteps evaluation) {
        ObjectNode outcome = JsonNodeFactory.instance.objectNode();
        outcome.put("draft", publish.name() + "/" + publish.version());
        outcome.set("evaluation", evaluation.summary());
        return outcome;
    }

    /** Returns the result for weights that are not published. */
    static ObjectNode evaluated(Path weights, EvaluationSteps evaluation) {
        ObjectNode outcome = JsonNodeFactory.instance.objectNode();
        outcome.put("weights", weights.toString());
        outcome.set("evaluation", evaluation.summary());
        return outcome;
    }
}
