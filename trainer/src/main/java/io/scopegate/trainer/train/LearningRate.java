package io.scopegate.trainer.train;

import io.scopegate.trainer.plan.FitPlan.Schedule;

/**
 * The learning rate of each update.
 *
 * @param peak the highest
 * @param schedule its course
 * @param updates planned in all
 */
record LearningRate(double peak, Schedule schedule, int updates) {

    private static final double WARM_UP_SHARE = 0.05;

    /** Of an update counted from 0. */
    double at(int update) {
        return switch (schedule) {
            case CONSTANT -> peak;
            case COSINE -> peak * Math.min(warmUp(update), cosine(update));
        };
    }

    private double warmUp(int update) {
        return (update + 1) / Math.max(1, WARM_UP_SHARE * updates);
    }

    private double cosine(int update) {
        return 0.5 * (1 + Math.cos(Math.PI * update / updates));
    }
}
