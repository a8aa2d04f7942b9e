package io.scopegate.trainer.train;

import io.scopegate.trainer.plan.FitOptions.Rate;
import io.scopegate.trainer.plan.FitPlan.Schedule;

/**
 * The learning rate of each update: that of the schedule or of the warm-up, whichever is lower.
 *
 * @param peak highest learning rate
 * @param schedule course of the learning rate
 * @param rate constants of the schedule and the warm-up
 * @param length planned length of the run
 */
record LearningRate(double peak, Schedule schedule, Rate rate, Length length) {

    private static final double COSINE_WARM_UP_SHARE = 0.05;

    /** The planned length of a run. */
    record Length(int epochs, int updatesPerEpoch) {
        int updates() {
            return epochs * updatesPerEpoch;
        }
    }

    /** Returns the learning rate of an update, counted from 0. */
    double at(int update) {
        return peak * Math.min((update + 1) / Math.max(1, warmUp()), share(update));
    }

    private double warmUp() {
        if (rate.warmUp() >= 0) {
            return rate.warmUp();
        }
        return schedule == Schedule.COSINE ? COSINE_WARM_UP_SHARE * length.updates() : 0;
    }

    private double share(int update) {
        return switch (schedule) {
            case CONSTANT -> 1;
            case COSINE -> 0.5 * (1 + Math.cos(Math.PI * update / length.updates()));
            case STEP -> Math.pow(rate.stepFactor(), update / length.updatesPerEpoch() / rate.stepEpochs());
            case POLYNOMIAL -> Math.pow(1 - (double) update / length.updates(), rate.power());
        };
    }
}
