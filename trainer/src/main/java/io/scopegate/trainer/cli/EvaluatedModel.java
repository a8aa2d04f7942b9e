package io.scopegate.trainer.cli;

import io.scopegate.bundle.model.Digests;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.trainer.export.OnnxExport;
import io.scopegate.trainer.file.DraftFolder;
import io.scopegate.trainer.infer.ModelForm;
import io.scopegate.trainer.network.StateDict;
import io.scopegate.trainer.plan.TrainingPlan;
import io.scopegate.trainer.plan.TrainingPlan.PublishPlan;
import io.scopegate.trainer.publish.ModelDraft;
import io.scopegate.trainer.report.Subject.Digest;
import io.scopegate.trainer.torch.WeightFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A network that is evaluated, as an ONNX file. Owns the file and its folder if it wrote them.
 *
 * @param name name of the model or its draft, or the name of its file
 * @param digest digest of what is evaluated
 * @param network the ONNX file
 * @param threshold the lowest probability of in body that is answered in body
 * @param fit what is known about how the network was fitted
 * @param draft folder of the ONNX file, deleted on close; empty if the file is not owned
 */
record EvaluatedModel(String name, Digest digest, Path network, double threshold, Fit fit, Optional<DraftFolder> draft)
        implements AutoCloseable {

    private static final double THRESHOLD = 0.5;

    /**
     * Opens a model directory, an ONNX file or a checkpoint.
     *
     * @param plan for a file, states the threshold and, if the file has the weights of the plan's run, how they were
     *     fitted; without a plan the threshold is 0.5 and the fit is unknown. Ignored for a directory
     */
    static EvaluatedModel open(Path model, Optional<TrainingPlan> plan) throws IOException, ModelUnusableException {
        return switch (ModelForm.of(model)) {
            case DIRECTORY -> of(PublishedModel.open(model));
            case ONNX -> ofFile(model, Digest.ofNetwork(Digests.sha256(model)), model, Optional.empty(), plan);
            case CHECKPOINT -> ofWeights(model, WeightFile.read(model), plan);
        };
    }

    /**
     * Opens a published model.
     *
     * @throws IOException if its lists of pictures cannot be read
     */
    static EvaluatedModel of(PublishedModel model) throws IOException {
        String name = model.manifest().reference();
        return new EvaluatedModel(
                name,
                Digest.ofModel(model.digest()),
                model.network(),
                model.manifest().inBodyThreshold(),
                Fit.stated(model),
                Optional.empty());
    }

    /**
     * Opens the draft of a model that is not published yet, and may never be.
     *
     * @param fit what is known about how the network was fitted
     */
    static EvaluatedModel of(ModelDraft draft, PublishPlan publish, Fit fit) throws IOException {
        return new EvaluatedModel(
                "draft of " + publish.name() + "/" + publish.version(),
                Digest.ofNetwork(Digests.sha256(draft.network())),
                draft.network(),
                publish.inBodyThreshold(),
                fit,
                Optional.empty());
    }

    /**
     * Exports weights to a temporary ONNX file and opens it.
     *
     * @param file file that the weights are from
     * @param plan as in {@link #open}
     */
    static EvaluatedModel ofWeights(Path file, StateDict weights, Optional<TrainingPlan> plan) throws IOException {
        DraftFolder draft = DraftFolder.create();
        try {
            Path network = draft.path().resolve(ModelDraft.NETWORK);
            new OnnxExport("INPUT__0", "OUTPUT__0").write(weights, network);
            return ofFile(file, Digest.ofWeights(Digests.sha256(file)), network, Optional.of(draft), plan);
        } catch (IOException | RuntimeException e) {
            draft.close();
            throw e;
        }
    }

    /** @param network the file itself, or the ONNX file that was written to the draft folder */
    private static EvaluatedModel ofFile(
            Path file, Digest digest, Path network, Optional<DraftFolder> draft, Optional<TrainingPlan> plan) {
        return new EvaluatedModel(
                String.valueOf(file.getFileName()),
                digest,
                network,
                plan.flatMap(TrainingPlan::publish)
                        .map(PublishPlan::inBodyThreshold)
                        .orElse(THRESHOLD),
                plan.map(run -> fit(file, run))
                        .orElse(new Fit.Unknown(
                                file + ": weights alone do not tell the frames that they were trained on; name the"
                                        + " run's configuration with --config")),
                draft);
    }

    private static Fit fit(Path file, TrainingPlan run) {
        return RunWeights.doubt(file, run, Fingerprint.ofSeen(run))
                .<Fit>map(Fit.Unknown::new)
                .orElse(new Fit.Planned(run));
    }

    @Override
    public void close() throws IOException {
        if (draft.isPresent()) {
            draft.get().close();
        }
    }
}
