package io.scopegate.trainer.train;

import io.scopegate.trainer.plan.FitOptions.Rate;
import io.scopegate.trainer.plan.FitPlan.Schedule;

/**
 * The learning rate of each update: its schedule's, or the warm-up's where that is lower.
 *
 * @param peak the highest
 * @param schedule its course
 * @param rate the schedule's constants
 * @param length of the run
 */
record LearningRate(double peak, Schedule schedule, Rate rate, Length length) {

    private static final double COSINE_WARM_UP_SHARE = 0.05;

    /** How long a run is planned to be. */
    record Length(int epochs, int updatesPerEpoch) {
        int updates() {
            return epochs * updatesPerEpoch;
        }
    }

    /** Of an update counted from 0. */
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
