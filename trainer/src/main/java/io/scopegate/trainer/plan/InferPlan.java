package io.scopegate.trainer.plan;

import io.scopegate.inference.target.ExecutionTarget;
import java.nio.file.Path;

/**
 * Which pictures a model judges, and where its predictions go.
 *
 * @param samples a sample list
 * @param out folder for the predictions
 * @param filename of the predictions, in that folder
 * @param model a model directory NAME/VERSION, an ONNX file or a checkpoint
 * @param target where it runs
 */
public record InferPlan(Path samples, Path out, String filename, Path model, ExecutionTarget target) {

    /** Name of the file beside the predictions. */
    public static final String PROBABILITIES = "probabilities.csv";
}
