package io.scopegate.trainer.cli;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.trainer.file.DraftFolder;
import io.scopegate.trainer.network.KaimingInitialization;
import io.scopegate.trainer.network.SeResNet;
import io.scopegate.trainer.network.StateDict;
import io.scopegate.trainer.network.TorchEngine;
import io.scopegate.trainer.plan.PlanException;
import io.scopegate.trainer.plan.TrainingPlan;
import io.scopegate.trainer.plan.TrainingPlan.PublishPlan;
import io.scopegate.trainer.publish.ModelDraft;
import io.scopegate.trainer.publish.ModelRelease;
import io.scopegate.trainer.publish.ModelRelease.Settings;
import io.scopegate.trainer.publish.Provenance;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A plan's network with random weights, as before training.
 *
 * @param plan plan that names network and model
 * @param givenSeed seed of the weights; null for the plan's
 */
record RandomModel(TrainingPlan plan, @Nullable Long givenSeed) {

    InputWeights weights() {
        return new InputWeights(values(), JsonNodeFactory.instance.objectNode().put("random", seed()), false);
    }

    private StateDict values() {
        return KaimingInitialization.stateDict(new SeResNet(plan.network()), seed());
    }

    private long seed() {
        return givenSeed == null ? plan.seed() : givenSeed;
    }

    /** Publishes the network below the given root of models, instead of the plan's. */
    void publish(Path models, Consumer<String> progress) throws IOException, ModelUnusableException {
        PublishPlan publish = plan.publish()
                .orElseThrow(() -> new PlanException("publish: required, with name and version of the model"))
                .into(models.toAbsolutePath().normalize());
        ModelRelease.requireNewVersion(publish, new Settings("--out", Settings.OF_PLAN.version()));
        StateDict values = values();
        Provenance provenance = new Provenance(plan, values).randomWeights(seed());
        try (NDManager engine = TorchEngine.newManager();
                DraftFolder folder = DraftFolder.create()) {
            ModelDraft draft = ModelDraft.write(engine, values, folder.path(), publish, List.of());
            PublishedModel model = ModelRelease.publish(
                    draft, publish, provenance.parity(draft.parity()).toJson(), null);
            progress.accept("published: %s %s".formatted(model.directory(), model.digest()));
        }
    }
}
