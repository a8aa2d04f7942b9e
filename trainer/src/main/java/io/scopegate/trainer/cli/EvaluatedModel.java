package io.scopegate.trainer.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.scopegate.bundle.model.Digests;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.trainer.dataset.LabelledFrame;
import io.scopegate.trainer.dataset.Split;
import io.scopegate.trainer.export.OnnxExport;
import io.scopegate.trainer.network.StateDict;
import io.scopegate.trainer.plan.FitPlan.Checkpoint;
import io.scopegate.trainer.plan.TrainingPlan;
import io.scopegate.trainer.plan.TrainingPlan.DataPlan;
import io.scopegate.trainer.plan.TrainingPlan.PublishPlan;
import io.scopegate.trainer.publish.ModelDraft;
import io.scopegate.trainer.publish.Provenance;
import io.scopegate.trainer.report.Subject.Digest;
import io.scopegate.trainer.torch.WeightFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A network that frames are asked about. Owns the ONNX file if it wrote it.
 *
 * @param name of the model, its draft or its file
 * @param digest of what is asked
 * @param network the ONNX file
 * @param threshold the lowest probability that is answered in body
 * @param provenance as the manifest has it; missing for weights
 * @param fittedBy the plan that it was fitted by, of what is not published; empty where nobody knows
 * @param temporary whether the file goes when this is closed
 */
record EvaluatedModel(
        String name,
        Digest digest,
        Path network,
        double threshold,
        JsonNode provenance,
        Optional<TrainingPlan> fittedBy,
        boolean temporary)
        implements AutoCloseable {

    private static final double THRESHOLD = 0.5;

    /**
     * Opens a model directory or a checkpoint.
     *
     * @param plan states the threshold of a checkpoint, a half where there is none, and by what the epoch of its run's was
     *     chosen
     */
    static EvaluatedModel open(Path model, Optional<TrainingPlan> plan) throws IOException, ModelUnusableException {
        if (!Files.isRegularFile(model)) {
            return of(PublishedModel.open(model));
        }
        return ofWeights(model, WeightFile.read(model), plan);
    }

    static EvaluatedModel of(PublishedModel model) {
        JsonNode provenance = model.manifest().provenance();
        return new EvaluatedModel(
                model.manifest().reference(),
                Digest.ofModel(model.digest()),
                model.network(),
                model.manifest().inBodyThreshold(),
                provenance,
                Optional.empty(),
                false);
    }

    /** Whether the validation frames decided of which epoch these weights are; empty where nobody knows. */
    Optional<Boolean> chosenByValidation() {
        return fittedBy.isPresent() ? chosenByValidation(fittedBy.get()) : chosenByValidation(provenance);
    }

    private static Optional<Boolean> chosenByValidation(JsonNode provenance) {
        JsonNode fit = provenance.path("plan").path("fit");
        if (!fit.isObject()) {
            return Optional.empty();
        }
        String best = Checkpoint.BEST.name();
        boolean byAccuracy = fit.path("checkpoint").asText(best).equalsIgnoreCase(best)
                || fit.path("patience").asInt() > 0;
        return Optional.of(provenance.path("data").has("validation") && byAccuracy);
    }

    /**
     * A network that is not published yet, and may never be.
     *
     * @param fittedBy the plan that it was fitted by; empty for weights that may be of any run
     */
    static EvaluatedModel of(ModelDraft draft, PublishPlan publish, Optional<TrainingPlan> fittedBy)
            throws IOException {
        return new EvaluatedModel(
                "draft of " + publish.name() + "/" + publish.version(),
                Digest.ofNetwork(Digests.sha256(draft.network())),
                draft.network(),
                publish.inBodyThreshold(),
                MissingNode.getInstance(),
                fittedBy,
                false);
    }

    /** Early stopping looks at the validation frames as the choice of the best epoch does. */
    private static Optional<Boolean> chosenByValidation(TrainingPlan plan) {
        return plan.fit()
                .map(fit -> fit.checkpoint() == Checkpoint.BEST || fit.options().patience() > 0);
    }

    /**
     * Weights that are not exported.
     *
     * @param file that they are in
     * @param plan as in {@link #open}
     */
    static EvaluatedModel ofWeights(Path file, StateDict weights, Optional<TrainingPlan> plan) throws IOException {
        Optional<TrainingPlan> fittedBy = plan.filter(
                run -> RunWeights.doubt(file, run, Fingerprint.of(run)).isEmpty());
        Path network = Files.createTempFile("scopegate-", ".onnx");
        try {
            new OnnxExport("INPUT__0", "OUTPUT__0").write(weights, network);
            return new EvaluatedModel(
                    String.valueOf(file.getFileName()),
                    Digest.ofWeights(Digests.sha256(file)),
                    network,
                    plan.flatMap(TrainingPlan::publish)
                            .map(PublishPlan::inBodyThreshold)
                            .orElse(THRESHOLD),
                    MissingNode.getInstance(),
                    fittedBy,
                    true);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(network);
            throw e;
        }
    }

    /**
     * What the model knows of groups: what the plan that fitted it or its provenance says, unless others are named as not
     * seen.
     *
     * @return empty where the provenance says that its split may not be that of these weights
     * @throws IOException if the plan's frames are not found
     */
    Optional<GroupsUse> groupsUse(List<String> heldOut) throws IOException {
        if (!heldOut.isEmpty()) {
            return Optional.of(new GroupsUse(group -> !heldOut.contains(group), group -> false));
        }
        Optional<DataPlan> planned = fittedBy.flatMap(TrainingPlan::data);
        if (planned.isPresent()) {
            return Optional.of(GroupsUse.of(PlannedFrames.find(planned.get()).split()));
        }
        return provenance.has(Provenance.FIT_UNKNOWN)
                ? Optional.empty()
                : Optional.of(GroupsUse.of(provenance.path("data")));
    }

    /** Which groups the model was fitted to, and which it was chosen by. */
    record GroupsUse(Predicate<String> fittedTo, Predicate<String> chosenBy) {

        private static GroupsUse of(JsonNode data) {
            Set<String> train = groups(data.path("train"));
            Set<String> validation = groups(data.path("validation"));
            return new GroupsUse(train::contains, validation::contains);
        }

        private static GroupsUse of(Split split) {
            Set<String> train = groups(split.train());
            Set<String> validation = groups(split.validation());
            return new GroupsUse(train::contains, validation::contains);
        }

        private static Set<String> groups(List<LabelledFrame> frames) {
            return frames.stream().map(LabelledFrame::group).collect(Collectors.toSet());
        }

        private static Set<String> groups(JsonNode split) {
            Set<String> groups = new HashSet<>();
            split.path("groups").forEach(group -> groups.add(group.asText()));
            return groups;
        }
    }

    @Override
    public void close() throws IOException {
        if (temporary) {
            Files.deleteIfExists(network);
        }
    }
}
