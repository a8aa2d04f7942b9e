package io.scopegate.trainer.train;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.scopegate.trainer.network.Frozen;
import io.scopegate.trainer.network.Parameters;
import io.scopegate.trainer.network.Replicas;
import io.scopegate.trainer.network.SeResNet;
import io.scopegate.trainer.network.StateDict;
import io.scopegate.trainer.plan.FitPlan;
import io.scopegate.trainer.train.StateFile.Saved;
import java.util.List;
import java.util.Optional;

/**
 * The mutable state of a fit: parameters, their average and the optimiser. Owns its memory in the engine until closed.
 */
final class Fitting implements AutoCloseable {

    private final NDManager manager;
    private final SeResNet network;
    private final Replicas replicas;
    private final Optional<WeightAverage> average;
    private final Adam adam;
    private final GradientStep gradients;

    /**
     * Copies weights into the engine.
     *
     * @param averaged the average so far; unused if the plan has no average
     * @param updates number of updates that the average already includes
     */
    private Fitting(
            List<NDManager> devices, FitPlan plan, StateDict weights, StateDict averaged, int updates, Frozen frozen) {
        manager = devices.getFirst().newSubManager();
        network = weights.network();
        replicas = new Replicas(devices, weights, DataType.FLOAT32, frozen);
        average = plan.averaging() > 0
                ? Optional.of(new WeightAverage(
                        new Parameters(manager, averaged, DataType.FLOAT32, frozen), plan.averaging(), updates))
                : Optional.empty();
        adam = new Adam(manager, replicas.first(), plan.options().weightDecay());
        gradients = new MicroBatches(
                new ReplicaStep(manager, replicas, plan.devices().syncBatchNorm()),
                plan.options().microBatch() * devices.size());
    }

    static Fitting begin(List<NDManager> devices, FitPlan plan, Start start) {
        return new Fitting(devices, plan, start.weights(), start.weights(), 0, start.frozen());
    }

    static Fitting resume(List<NDManager> devices, FitPlan plan, Saved saved, Frozen frozen) {
        int updates = saved.position().updates();
        Fitting fitting =
                new Fitting(devices, plan, saved.weights(), saved.average().orElse(saved.weights()), updates, frozen);
        fitting.adam.restore(updates, saved.first(), saved.second());
        return fitting;
    }

    /** Copies the whole state out of the engine, to be saved. */
    Saved saved(Position position) {
        return new Saved(
                position,
                replicas.first().stateDict(),
                adam.first(network),
                adam.second(network),
                average.map(kept -> kept.parameters().stateDict()));
    }

    /**
     * Does one update.
     *
     * @return loss and logits from before the update
     * @throws TrainingDivergedException if the loss is not finite; no parameter has been updated then, but the batch
     *     norms' running statistics have
     */
    GradientStep.Result update(Batch batch, double learningRate) {
        GradientStep.Result result = gradients.run(batch);
        if (!Double.isFinite(result.loss())) {
            throw new TrainingDivergedException(result.loss(), learningRate);
        }
        try (NDManager scratch = manager.newSubManager()) {
            adam.update(learningRate, scratch);
            average.ifPresent(kept -> kept.add(replicas.first(), scratch));
        }
        return result;
    }

    /** Returns what is validated and kept: the average if there is one, otherwise the parameters. */
    Parameters result() {
        return average.map(WeightAverage::parameters).orElseGet(replicas::first);
    }

    NDManager manager() {
        return manager;
    }

    @Override
    public void close() {
        replicas.close();
        manager.close();
    }
}
