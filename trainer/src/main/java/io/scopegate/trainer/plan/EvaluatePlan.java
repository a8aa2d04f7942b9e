package io.scopegate.trainer.plan;

import io.scopegate.inference.target.ExecutionTarget;
import java.nio.file.Path;

/**
 * Which frames a model is evaluated on, and where the figures go.
 *
 * @param split of the plan's data
 * @param out folder for the reports
 * @param target where the model runs
 */
public record EvaluatePlan(SplitName split, Path out, ExecutionTarget target) {

    /** What frames are used for. */
    public enum SplitName {
        TRAIN,
        VAL,
        TEST
    }
}
