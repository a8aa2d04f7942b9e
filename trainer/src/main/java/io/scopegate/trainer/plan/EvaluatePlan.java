package io.scopegate.trainer.plan;

import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.trainer.evaluate.GroupSubset;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The frames that a model is evaluated on, and where the figures go. {@code train} and {@code publish} use its subsets
 * too.
 *
 * @param split split of the plan's data
 * @param out folder for the reports; absent for one in the run's folder
 * @param target where the model runs
 * @param subsets subsets of groups that get figures of their own
 */
public record EvaluatePlan(SplitName split, Optional<Path> out, ExecutionTarget target, List<GroupSubset> subsets) {

    public EvaluatePlan {
        subsets = List.copyOf(subsets);
    }

    /** The splits, by what their frames are used for. */
    public enum SplitName {
        TRAIN,
        VAL,
        TEST
    }
}
