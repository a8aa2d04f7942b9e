package io.scopegate.trainer.plan;

import io.scopegate.trainer.network.Stage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Settings of a fit that the reference bundle leaves at their defaults. They have the same defaults here.
 *
 * @param rate course of the learning rate
 * @param weightDecay Adam's L2 term: this times each parameter is added to its gradient, as PyTorch's Adam does
 * @param objective what is minimised
 * @param microBatch most frames that run through the network at once; the gradients of an update's micro-batches are
 *     summed. Batch norms use the statistics of the micro-batch, so the result differs from that of whole batches
 * @param validationInterval epochs between two validations; the last epoch is always validated
 * @param patience number of validations without a better accuracy after which fitting ends; 0 for never
 * @param halfSizeEpochs number of epochs at the start in which the network sees frames at half their width and height,
 *     which takes a quarter of the time; 0 for none
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

    /** The reference bundle's values. */
    public static final FitOptions REFERENCE =
            new FitOptions(Rate.REFERENCE, 0, Objective.REFERENCE, PlanField.MOST, 1, 0, 0, FineTuning.REFERENCE);

    /**
     * The course of the learning rate, apart from its peak and schedule.
     *
     * @param warmUp updates over which the learning rate rises to its peak; negative for the schedule's own warm-up
     * @param stepEpochs epochs between the steps of {@code STEP}
     * @param stepFactor factor that each step multiplies the learning rate by
     * @param power power of {@code POLYNOMIAL}
     */
    public record Rate(int warmUp, int stepEpochs, double stepFactor, double power) {

        /**
         * No warm-up except the cosine's own; steps and power as in PyTorch's {@code StepLR} and {@code PolynomialLR}.
         */
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
     * The objective: the cross-entropy of the frames of an update.
     *
     * @param loss how the frames' terms are combined
     * @param labelSmoothing share of the target that is spread evenly over both classes
     * @param classWeights factors for frames in body and out of body
     */
    public record Objective(Loss loss, double labelSmoothing, List<Double> classWeights) {

        /** The reference bundle's objective. */
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

    /** How the terms of an update's frames are combined. */
    public enum Loss {
        SUM,
        /** The weighted sum divided by the sum of the weights, as PyTorch has it. */
        MEAN
    }

    /**
     * Fine-tuning: fitting that starts from weights that were fitted before.
     *
     * @param from checkpoint or model directory; absent to start with random weights
     * @param freeze stages that keep their weights
     */
    public record FineTuning(Optional<Path> from, Set<Stage> freeze) {

        /** No fine-tuning: random weights, and nothing frozen. */
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
