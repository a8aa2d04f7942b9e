package io.scopegate.trainer.plan;

import io.scopegate.inference.target.ExecutionTarget;
import java.nio.file.Path;

/**
 * The pictures that a model classifies, and where its predictions go.
 *
 * @param samples a sample list
 * @param out folder for the predictions
 * @param filename file name of the predictions in that folder
 * @param model a model directory NAME/VERSION, an ONNX file or a checkpoint
 * @param target where the model runs
 */
public record InferPlan(Path samples, Path out, String filename, Path model, ExecutionTarget target) {

    /** Name of the file with the probabilities, beside the predictions. */
    public static final String PROBABILITIES = "probabilities.csv";
}
