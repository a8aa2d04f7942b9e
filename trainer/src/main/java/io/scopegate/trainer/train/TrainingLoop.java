package io.scopegate.trainer.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.scopegate.trainer.network.Parameters;
import io.scopegate.trainer.network.Parameters.Mode;
import io.scopegate.trainer.network.Replicas;
import io.scopegate.trainer.network.SafeTensors;
import io.scopegate.trainer.network.StateDict;
import io.scopegate.trainer.plan.FitPlan;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Fits a network: draws frames, computes the loss, updates by Adam, looks at the validation frames after each epoch
 * and keeps the weights that the plan asks for. The same seed gives the same weights on the same kind of CPU.
 */
public final class TrainingLoop {

    private final FitPlan plan;
    private final TrainingRun run;
    private final DrawingOrder order;

    public TrainingLoop(FitPlan plan, TrainingRun run) {
        this.plan = plan;
        this.run = run;
        this.order = switch (plan.drawing()) {
            case SHUFFLED -> DrawingOrder.shuffled(run.samples().size());
            case BALANCED -> run.balancedOrder(plan.framesPerEpoch(), plan.outOfBodyShare());
        };
    }

    /**
     * Fits.
     *
     * @param devices a manager for each replica, on its device
     * @return the weights that the plan asks for
     * @throws IOException if a checkpoint cannot be written
     * @throws TrainingDivergedException if the loss is no longer a number
     */
    public StateDict fit(List<NDManager> devices) throws IOException {
        try (NDManager manager = devices.getFirst().newSubManager();
                Replicas replicas = new Replicas(devices, run.start(), DataType.FLOAT32);
                WeightAverage average = new WeightAverage(manager, run.start(), plan.averaging())) {
            GradientStep gradients =
                    new ReplicaStep(manager, replicas, plan.devices().syncBatchNorm());
            return fit(new Fitting(manager, replicas, gradients, average, new Adam(manager, replicas.first())));
        }
    }

    /** What changes while fitting; all in the engine's memory. */
    private record Fitting(
            NDManager manager, Replicas replicas, GradientStep gradients, WeightAverage average, Adam adam) {}

    private StateDict fit(Fitting fitting) throws IOException {
        Parameters result = plan.averaging() > 0 ? fitting.average.parameters() : fitting.replicas.first();
        double best = -1;
        StateDict kept = run.start();
        for (int epoch = 1; epoch <= plan.epochs(); epoch++) {
            long started = System.nanoTime();
            Tally tally = epoch(fitting, epoch);
            double seconds = (System.nanoTime() - started) / 1e9;
            Optional<Double> accuracy = validate(fitting.manager, result);
            run.listener()
                    .accept(new EpochReport(
                            epoch,
                            plan.epochs(),
                            tally.meanLoss(),
                            tally.accuracy(),
                            accuracy,
                            tally.frames() / seconds));
            if (isKept(epoch, accuracy, best)) {
                best = accuracy.orElse(best);
                kept = result.stateDict();
                SafeTensors.write(kept, run.checkpoint());
            }
        }
        return kept;
    }

    private boolean isKept(int epoch, Optional<Double> accuracy, double best) {
        return switch (plan.checkpoint()) {
            case LAST -> epoch == plan.epochs();
            case BEST -> accuracy.orElse(best + 1) > best;
        };
    }

    private Tally epoch(Fitting fitting, int epoch) {
        SplittableRandom random = new SplittableRandom(run.seed() + epoch);
        int replicas = fitting.replicas.devices().size();
        int[] frames = DrawingOrder.padded(order.epoch(random), replicas);
        int batchSize = plan.batchSize() * replicas;
        int updates = (frames.length + batchSize - 1) / batchSize;
        LearningRate rate = new LearningRate(plan.learningRate(), plan.schedule(), updates * plan.epochs());
        Tally tally = new Tally();
        for (int k = 0; k < updates; k++) {
            int first = k * batchSize;
            int[] drawn = Arrays.copyOfRange(frames, first, Math.min(first + batchSize, frames.length));
            Batch batch = Batch.draw(run.samples(), drawn, random);
            step(fitting, batch, rate.at((epoch - 1) * updates + k), tally);
        }
        return tally;
    }

    private void step(Fitting fitting, Batch batch, double learningRate, Tally tally) {
        GradientStep.Result result = fitting.gradients.run(batch);
        if (!Double.isFinite(result.loss())) {
            throw new TrainingDivergedException(result.loss(), learningRate);
        }
        try (NDManager scratch = fitting.manager.newSubManager()) {
            fitting.adam.update(learningRate, scratch);
            if (plan.averaging() > 0) {
                fitting.average.add(fitting.replicas.first(), scratch);
            }
        }
        tally.add(result.loss(), batch, result.logits());
    }

    private Optional<Double> validate(NDManager manager, Parameters parameters) {
        LabelledTensors validation = run.validation();
        int frames = validation.labels().size();
        Tally tally = new Tally();
        for (int first = 0; first < frames; first += plan.batchSize()) {
            Batch batch = Batch.of(validation, first, Math.min(first + plan.batchSize(), frames));
            try (NDManager scratch = manager.newSubManager()) {
                NDArray logits = parameters.logits(batch.input(scratch), Mode.INFERENCE);
                tally.add(0, batch, logits.toFloatArray());
            }
        }
        return frames == 0 ? Optional.empty() : Optional.of(tally.accuracy());
    }
}
