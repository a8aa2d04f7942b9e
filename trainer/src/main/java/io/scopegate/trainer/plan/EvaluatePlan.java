package io.scopegate.trainer.plan;

import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.trainer.evaluate.GroupSubset;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Which frames a model is evaluated on, and where the figures go. {@code train} and {@code publish} have subsets from
 * here, too.
 *
 * @param split of the plan's data
 * @param out folder for the reports; absent where the run's is meant
 * @param target where the model runs
 * @param subsets groups that have figures of their own
 */
public record EvaluatePlan(SplitName split, Optional<Path> out, ExecutionTarget target, List<GroupSubset> subsets) {

    public EvaluatePlan {
        subsets = List.copyOf(subsets);
    }

    /** What frames are used for. */
    public enum SplitName {
        TRAIN,
        VAL,
        TEST
    }
}
