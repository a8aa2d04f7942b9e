package io.scopegate.trainer.cli;

import ai.djl.ndarray.NDManager;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.inference.target.TargetUnavailableException;
import io.scopegate.inference.trial.EnginePreparation;
import io.scopegate.inference.trial.EnginePreparation.Prepared;
import io.scopegate.inference.trial.Finding;
import io.scopegate.trainer.evaluate.QualityGate;
import io.scopegate.trainer.evaluate.QualityGateException;
import io.scopegate.trainer.file.DraftFolder;
import io.scopegate.trainer.file.WholeFile;
import io.scopegate.trainer.network.StateDict;
import io.scopegate.trainer.network.TorchEngine;
import io.scopegate.trainer.plan.TrainingPlan.PublishPlan;
import io.scopegate.trainer.publish.ModelDraft;
import io.scopegate.trainer.publish.ModelRelease;
import io.scopegate.trainer.publish.Provenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Exports a network as an ONNX file and builds its TensorRT engine in a cache. A server with that cache finds the
 * engine once it serves a model published from the same weights, since both have the same ONNX file.
 *
 * @param onnx the ONNX file, which is kept whatever becomes of the engine
 * @param target TensorRT target, which decides the engine's precision
 * @param preparation builds the engine
 */
record EngineExport(Path onnx, ExecutionTarget target, EnginePreparation preparation) {

    private static final String NAME = "exported";
    private static final double THRESHOLD = 0.5;

    /**
     * The signature of a network that is exported from weights, by way of a temporary model.
     *
     * @param input name of the input
     * @param output name of the output
     * @param maxBatch most frames of a run
     */
    record Signature(String input, String output, int maxBatch) {

        PublishPlan plan(Path models) {
            return new PublishPlan(
                    models, NAME, 1, input, output, THRESHOLD, maxBatch, List.of(), Optional.empty(), QualityGate.NONE);
        }
    }

    void write(StateDict weights, Signature signature, Consumer<String> progress)
            throws IOException, ModelUnusableException {
        try (DraftFolder folder = DraftFolder.create();
                NDManager engine = TorchEngine.newManager()) {
            PublishPlan plan = signature.plan(folder.path().resolve("models"));
            ModelDraft draft = ModelDraft.write(engine, weights, folder.path().resolve("draft"), plan, List.of());
            write(ModelRelease.publish(draft, plan, new Provenance(weights).toJson(), null), progress);
        }
    }

    /** Exports a published model, whose ONNX file is copied. */
    void write(PublishedModel model, Consumer<String> progress) throws IOException, ModelUnusableException {
        WholeFile.write(onnx, out -> Files.copy(model.network(), out));
        progress.accept("written: " + onnx);
        try {
            Prepared prepared = preparation.prepare(model, List.of(target));
            Path engine = prepared.engine();
            if (engine == null) {
                throw refusal(prepared);
            }
            progress.accept("engine: " + engine);
        } catch (TargetUnavailableException e) {
            throw new IOException("engine: " + e.getMessage() + kept(), e);
        }
    }

    /**
     * Says that the ONNX file is kept, and how to repeat the command, which would otherwise refuse to replace the file.
     */
    private String kept() {
        return " Kept: " + onnx + "; add --force to try again";
    }

    private IOException refusal(Prepared prepared) throws QualityGateException {
        String message = "engine: " + prepared.reasons() + kept();
        if (prepared.findings().stream().anyMatch(Finding::answersWrongly)) {
            throw new QualityGateException(message);
        }
        return new IOException(message);
    }
}
