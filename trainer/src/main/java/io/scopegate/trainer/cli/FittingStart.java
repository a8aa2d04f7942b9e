package io.scopegate.trainer.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.trainer.network.Frozen;
import io.scopegate.trainer.network.KaimingInitialization;
import io.scopegate.trainer.network.SeResNet;
import io.scopegate.trainer.plan.FitOptions.FineTuning;
import io.scopegate.trainer.plan.TrainingPlan;
import io.scopegate.trainer.train.Start;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;

/**
 * What a plan's fit begins with: random weights, or those that the plan names.
 *
 * @param start the weights
 * @param origin where the weights are from, for people
 */
record FittingStart(Start start, ObjectNode origin) {

    /**
     * Creates or reads the weights. The batch norms of a published model are folded into its convolutions, so their
     * statistics stay frozen.
     */
    static FittingStart of(TrainingPlan plan, FineTuning tuning) throws IOException, ModelUnusableException {
        if (tuning.from().isEmpty()) {
            return new FittingStart(
                    Start.of(KaimingInitialization.stateDict(new SeResNet(plan.network()), plan.seed())),
                    JsonNodeFactory.instance.objectNode().put("random", "weights of seed " + plan.seed()));
        }
        Path from = tuning.from().get();
        InputWeights given = InputWeights.read(from).require(plan.network(), from);
        return new FittingStart(new Start(given.values(), new Frozen(tuning.freeze(), given.folded())), given.origin());
    }

    /** Returns one line for people. */
    String line() {
        return "network: %d parameters, %d of them fitted, from %s"
                .formatted(
                        start.weights().parameterCount(),
                        start.frozen().fitted(start.weights().network()),
                        origin.properties().stream()
                                .map(field ->
                                        field.getKey() + " " + field.getValue().asText())
                                .collect(Collectors.joining(", ")));
    }
}
