package io.scopegate.trainer.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.scopegate.trainer.plan.FitOptions.Loss;
import io.scopegate.trainer.plan.FitOptions.Rate;
import io.scopegate.trainer.plan.FitPlan.Checkpoint;
import io.scopegate.trainer.plan.FitPlan.Drawing;
import io.scopegate.trainer.plan.FitPlan.Schedule;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds settings that a plan states although they have no effect, because of its other settings or its frames. They are
 * legal, since one file of settings may serve several runs.
 */
public final class IneffectiveSettings {

    private final JsonNode stated;
    private final FitPlan fit;
    private final Run run;
    private final List<String> lines = new ArrayList<>();

    private IneffectiveSettings(TrainingPlan plan, FitPlan fit, Run run) {
        this.stated = plan.source();
        this.fit = fit;
        this.run = run;
    }

    /**
     * Facts about a run that the plan alone does not tell.
     *
     * @param devices number of devices that share each update
     * @param frames number of training frames
     * @param validated whether there are validation frames
     */
    public record Run(int devices, int frames, boolean validated) {}

    /**
     * Returns one line for each setting without effect, with the setting and the reason. Settings that are absent from
     * the plan are not reported.
     */
    public static List<String> of(TrainingPlan plan, FitPlan fit, Run run) {
        IneffectiveSettings idle = new IneffectiveSettings(plan, fit, run);
        idle.drawing();
        idle.weights();
        idle.learningRate();
        idle.validation();
        idle.updates();
        return idle.lines;
    }

    private void drawing() {
        if (fit.drawing() != Drawing.BALANCED) {
            idle("fit.framesPerEpoch", "fit.drawing is not balanced");
            idle("fit.outOfBodyShare", "fit.drawing is not balanced");
        }
    }

    /** A weight of 1 is the default and needs no warning. */
    private void weights() {
        JsonNode sources = stated.at("/data/sources");
        for (int k = 0; k < sources.size(); k++) {
            if (sources.path(k).path("weight").asDouble(1) == 1) {
                continue;
            }
            if (fit.drawing() != Drawing.BALANCED) {
                idle("data.sources.%d.weight".formatted(k), "fit.drawing is not balanced");
            } else if (sources.size() == 1) {
                idle("data.sources.%d.weight".formatted(k), "there is no other source");
            }
        }
    }

    private void learningRate() {
        Rate rate = fit.options().rate();
        if (fit.schedule() != Schedule.STEP) {
            idle("fit.stepEpochs", "fit.schedule is not step");
            idle("fit.stepFactor", "fit.schedule is not step");
        } else if (rate.stepEpochs() >= fit.epochs()) {
            idle(
                    "fit.schedule",
                    "the first step would come after %s, and fit.epochs is %d"
                            .formatted(counted(rate.stepEpochs(), "epoch"), fit.epochs()));
        }
        if (fit.schedule() != Schedule.POLYNOMIAL) {
            idle("fit.power", "fit.schedule is not polynomial");
        }
        long updates = fit.updates(run.frames, run.devices);
        if (rate.warmUp() > updates) {
            lines.add("fit.learningRate is never reached: fit.warmUp is %d, and the training has %s"
                    .formatted(rate.warmUp(), counted(updates, "update")));
        }
    }

    private void validation() {
        int patience = fit.options().patience();
        if (!run.validated) {
            String reason = "there are no validation frames";
            if (fit.options().validationInterval() > 1) {
                idle("fit.validationInterval", reason);
            }
            if (patience > 0) {
                idle("fit.patience", reason);
            }
            if (fit.checkpoint() == Checkpoint.BEST) {
                idle("fit.checkpoint", reason + "; the weights of the last epoch are kept");
            }
        } else if (patience > 0 && patience >= validations() - 1) {
            idle("fit.patience", "the training has only " + counted(validations(), "validation"));
        }
    }

    /** Returns the number of validations, one of which is always after the last epoch. */
    private int validations() {
        return Math.ceilDiv(fit.epochs(), fit.options().validationInterval());
    }

    private void updates() {
        if (run.devices == 1 && fit.devices().syncBatchNorm()) {
            idle("fit.syncBatchNorm", "there is only one device");
        }
        if (fit.options().microBatch() >= fit.batchSize()) {
            idle("fit.microBatch", "fit.batchSize is " + fit.batchSize());
        }
        List<Double> classes = fit.options().objective().classWeights();
        boolean equal = classes.getFirst().equals(classes.getLast());
        if (fit.options().objective().loss() == Loss.MEAN && equal && classes.getFirst() != 1) {
            idle("fit.inBodyWeight", "fit.loss is mean and both weights are equal");
            idle("fit.outOfBodyWeight", "fit.loss is mean and both weights are equal");
        }
    }

    private void idle(String setting, String reason) {
        JsonNode value = stated.at("/" + setting.replace('.', '/'));
        if (!value.isMissingNode() && !value.isNull()) {
            lines.add("%s has no effect: %s".formatted(setting, reason));
        }
    }

    private static String counted(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
