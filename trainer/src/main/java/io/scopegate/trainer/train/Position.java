package io.scopegate.trainer.train;

import io.scopegate.trainer.plan.FitOptions;
import io.scopegate.trainer.plan.FitPlan;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far a run has come, apart from its tensors.
 *
 * @param epoch that is running, from 1
 * @param step updates of it that are done
 * @param updates done in all
 * @param tally of the running epoch
 * @param best the highest validation accuracy so far; negative before the first
 * @param sinceBest validations since then
 * @param kept SHA-256 of the file of the weights that are kept; null before there are any, and in the states of releases
 *     that did not say
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

    /** Whether a run that is so far is done. */
    boolean isEnd(FitPlan plan) {
        return isEnd(plan.epochs(), plan.options().patience());
    }

    boolean isEnd(int epochs, int patience) {
        return epoch > epochs || patience > 0 && sinceBest >= patience;
    }

    /** Why a run that is done has not reached its last epoch; absent if it has. */
    Optional<EarlyStop> earlyStop(FitPlan plan) {
        if (epoch > plan.epochs()) {
            return Optional.empty();
        }
        int last = epoch - 1;
        FitOptions options = plan.options();
        return Optional.of(new EarlyStop(
                last, plan.epochs(), last - sinceBest * options.validationInterval(), options.patience()));
    }

    /** Within the epoch. */
    Position after(int stepsDone, int stepsPerEpoch, Tally sums) {
        int done = (epoch - 1) * stepsPerEpoch + stepsDone;
        return new Position(epoch, stepsDone, done, sums.sums(), best, sinceBest, kept);
    }

    /** Before the next epoch; a validation is the best if it is strictly better than all before. */
    Position nextEpoch(int stepsPerEpoch, Optional<Double> accuracy) {
        double found = accuracy.orElse(-1.0);
        int since = accuracy.isEmpty() ? sinceBest : found > best ? 0 : sinceBest + 1;
        return new Position(epoch + 1, 0, epoch * stepsPerEpoch, Tally.Sums.NONE, Math.max(best, found), since, kept);
    }

    /** With other weights kept. */
    Position keeping(String sha256) {
        return new Position(epoch, step, updates, tally, best, sinceBest, sha256);
    }
}
