package io.scopegate.trainer.plan;

import java.nio.file.Path;

/**
 * Which frames a model is evaluated on, and where the figures go.
 *
 * @param split of the plan's data
 * @param out folder for the reports
 */
public record EvaluatePlan(SplitName split, Path out) {

    /** What frames are used for. */
    public enum SplitName {
        TRAIN,
        VAL,
        TEST
    }
}
