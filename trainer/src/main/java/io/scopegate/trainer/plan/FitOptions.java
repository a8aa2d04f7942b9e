package io.scopegate.trainer.plan;

import io.scopegate.trainer.network.Stage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the reference bundle leaves at its defaults, and so does a plan that says nothing about it.
 *
 * @param rate course of the learning rate
 * @param weightDecay Adam's L2 term: this times each parameter is added to its gradient, as PyTorch's Adam does
 * @param objective what is minimised
 * @param microBatch most frames that run through the network at once; the gradients of an update's micro-batches are
 *     summed. Batch norms use the micro-batch's statistics, so that the result is not that of whole batches
 * @param validationInterval epochs from one look at the validation frames to the next; the last epoch has one always
 * @param patience looks at the validation frames without a better accuracy after which fitting ends; 0 for never
 * @param halfSizeEpochs epochs in the beginning in which the network sees frames at half of each side, which takes a
 *     quarter of the time; 0 for none
 * @param fineTuning what the fit begins with
 */
public record FitOptions(
        Rate rate,
        double weightDecay,
        Objective objective,
        int microBatch,
        int validationInterval,
        int patience,
        int halfSizeEpochs,
        FineTuning fineTuning) {

    /** As the reference bundle has it. */
    public static final FitOptions REFERENCE =
            new FitOptions(Rate.REFERENCE, 0, Objective.REFERENCE, PlanField.MOST, 1, 0, 0, FineTuning.REFERENCE);

    /**
     * The course of the learning rate, apart from its peak and schedule.
     *
     * @param warmUp updates over which it rises to its peak; negative for what the schedule has by itself
     * @param stepEpochs epochs between the steps of {@code STEP}
     * @param stepFactor what each step multiplies it by
     * @param power of {@code POLYNOMIAL}
     */
    public record Rate(int warmUp, int stepEpochs, double stepFactor, double power) {

        /** No warm-up but that of the cosine; steps and power as PyTorch's {@code StepLR} and {@code PolynomialLR}. */
        public static final Rate REFERENCE = new Rate(-1, 10, 0.1, 1);

        static Rate read(PlanField fit) {
            return new Rate(
                    fit.field("warmUp").integer(0, PlanField.MOST, REFERENCE.warmUp),
                    fit.field("stepEpochs").integer(1, PlanField.MOST, REFERENCE.stepEpochs),
                    fit.field("stepFactor").number(0, 1, REFERENCE.stepFactor),
                    fit.field("power").number(0, 10, REFERENCE.power));
        }
    }

    /**
     * Cross-entropy of the frames of an update.
     *
     * @param loss how the frames' terms are put together
     * @param labelSmoothing share of the target that is spread evenly over both classes
     * @param classWeights factors of the frames in body and out of body
     */
    public record Objective(Loss loss, double labelSmoothing, List<Double> classWeights) {

        /** The bundle's. */
        public static final Objective REFERENCE = new Objective(Loss.SUM, 0, List.of(1.0, 1.0));

        public Objective {
            classWeights = List.copyOf(classWeights);
        }

        static Objective read(PlanField fit) {
            return new Objective(
                    fit.field("loss").oneOf(Loss.class, REFERENCE.loss),
                    fit.field("labelSmoothing").number(0, 0.999, REFERENCE.labelSmoothing),
                    List.of(
                            fit.field("inBodyWeight").number(0.001, 1000, 1),
                            fit.field("outOfBodyWeight").number(0.001, 1000, 1)));
        }
    }

    /** How the terms of an update's frames are put together. */
    public enum Loss {
        SUM,
        /** The weighted sum divided by the sum of the weights, as PyTorch has it. */
        MEAN
    }

    /**
     * Fitting that goes on from weights which were fitted to something before.
     *
     * @param from checkpoint or model directory; absent to begin with random weights
     * @param freeze stages that stay as they are there
     */
    public record FineTuning(Optional<Path> from, Set<Stage> freeze) {

        /** From scratch. */
        public static final FineTuning REFERENCE = new FineTuning(Optional.empty(), Set.of());

        public FineTuning {
            freeze = Set.copyOf(freeze);
        }

        static FineTuning read(PlanField fit) {
            List<Stage> freeze = fit.field("freeze").list(stage -> stage.oneOf(Stage.class));
            Optional<Path> from = fit.field("from").optionalFile();
            if (from.isEmpty() && !freeze.isEmpty()) {
                throw fit.field("from").wrong("weights where fit.freeze keeps stages as they are");
            }
            return new FineTuning(from, Set.copyOf(freeze));
        }
    }

    static FitOptions read(PlanField fit) {
        return new FitOptions(
                Rate.read(fit),
                fit.field("weightDecay").number(0, 1, REFERENCE.weightDecay),
                Objective.read(fit),
                fit.field("microBatch").integer(1, PlanField.MOST, REFERENCE.microBatch),
                fit.field("validationInterval").integer(1, PlanField.MOST, REFERENCE.validationInterval),
                fit.field("patience").integer(0, PlanField.MOST, REFERENCE.patience),
                fit.field("halfSizeEpochs").integer(0, PlanField.MOST, REFERENCE.halfSizeEpochs),
                FineTuning.read(fit));
    }
}
