package io.scopegate.trainer.plan;

import java.nio.file.Path;

/**
 * Which pictures a model judges, and where its predictions go.
 *
 * @param samples a sample list
 * @param out folder for the predictions
 * @param filename of the predictions, in that folder
 * @param model a checkpoint, or a model directory NAME/VERSION
 */
public record InferPlan(Path samples, Path out, String filename, Path model) {

    /** Name of the file beside the predictions. */
    public static final String PROBABILITIES = "probabilities.csv";
}
