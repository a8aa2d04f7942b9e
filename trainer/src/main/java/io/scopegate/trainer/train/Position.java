package io.scopegate.trainer.train;

import io.scopegate.trainer.plan.FitOptions;
import io.scopegate.trainer.plan.FitPlan;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The progress of a run, without its tensors.
 *
 * @param epoch current epoch, from 1
 * @param step number of updates done in the current epoch
 * @param updates number of updates done in the whole run
 * @param tally sums of the current epoch
 * @param best highest validation accuracy so far; negative before the first validation
 * @param sinceBest number of validations since the best one
 * @param kept SHA-256 of the file of the kept weights; null before there are any, and in states of earlier releases
 *     that did not record it
 */
record Position(
        int epoch,
        int step,
        int updates,
        Tally.Sums tally,
        double best,
        int sinceBest,
        @Nullable String kept) {

    static final Position START = new Position(1, 0, 0, Tally.Sums.NONE, -1, 0, null);

    /** Whether a run at this position is finished. */
    boolean isEnd(FitPlan plan) {
        return isEnd(plan.epochs(), plan.options().patience());
    }

    boolean isEnd(int epochs, int patience) {
        return epoch > epochs || patience > 0 && sinceBest >= patience;
    }

    /** Returns why a finished run stopped before its last planned epoch; empty if it reached that epoch. */
    Optional<EarlyStop> earlyStop(FitPlan plan) {
        if (epoch > plan.epochs()) {
            return Optional.empty();
        }
        int last = epoch - 1;
        FitOptions options = plan.options();
        return Optional.of(new EarlyStop(
                last, plan.epochs(), last - sinceBest * options.validationInterval(), options.patience()));
    }

    /** Returns the position after some updates of the current epoch. */
    Position after(int stepsDone, int stepsPerEpoch, Tally sums) {
        int done = (epoch - 1) * stepsPerEpoch + stepsDone;
        return new Position(epoch, stepsDone, done, sums.sums(), best, sinceBest, kept);
    }

    /**
     * Returns the position at the start of the next epoch. A validation is the best one only if it is strictly better
     * than all before it.
     */
    Position nextEpoch(int stepsPerEpoch, Optional<Double> accuracy) {
        double found = accuracy.orElse(-1.0);
        int since = accuracy.isEmpty() ? sinceBest : found > best ? 0 : sinceBest + 1;
        return new Position(epoch + 1, 0, epoch * stepsPerEpoch, Tally.Sums.NONE, Math.max(best, found), since, kept);
    }

    /** Returns the same position with other kept weights. */
    Position keeping(String sha256) {
        return new Position(epoch, step, updates, tally, best, sinceBest, sha256);
    }
}
