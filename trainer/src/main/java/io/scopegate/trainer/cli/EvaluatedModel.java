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
 * A network that frames are asked about. Owns the ONNX file and its folder if it wrote them.
 *
 * @param name of the model, its draft or its file
 * @param digest of what is asked
 * @param network the ONNX file
 * @param threshold the lowest probability that is answered in body
 * @param fit what is known of it
 * @param draft folder of the file where it goes when this is closed
 */
record EvaluatedModel(String name, Digest digest, Path network, double threshold, Fit fit, Optional<DraftFolder> draft)
        implements AutoCloseable {

    private static final double THRESHOLD = 0.5;

    /**
     * Opens a model directory, an ONNX file or a checkpoint.
     *
     * @param plan states the threshold of what is no directory, a half where there is none, and by what the epoch of its
     *     run's was chosen
     */
    static EvaluatedModel open(Path model, Optional<TrainingPlan> plan) throws IOException, ModelUnusableException {
        return switch (ModelForm.of(model)) {
            case DIRECTORY -> of(PublishedModel.open(model));
            case ONNX -> ofFile(model, Digest.ofNetwork(Digests.sha256(model)), model, Optional.empty(), plan);
            case CHECKPOINT -> ofWeights(model, WeightFile.read(model), plan);
        };
    }

    /**
     * A published one.
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
     * A network that is not published yet, and may never be.
     *
     * @param fit what is known of it
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
     * Weights that are not exported.
     *
     * @param file that they are in
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

    /** @param network the file itself, or what was made of it in the draft */
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
