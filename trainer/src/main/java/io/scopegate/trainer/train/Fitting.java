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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The mutable state of a fit: parameters, their average and the optimiser. Owns its memory in the engine until closed.
 */
final class Fitting implements AutoCloseable {

    private final List<NDManager> managers;
    private final SeResNet network;
    private final Replicas replicas;
    private final Optional<WeightAverage> average;
    private final Adam adam;
    private final GradientStep gradients;

    /**
     * Copies weights into the engine.
     *
     * @param managers one manager per device, which own all memory
     * @param averaged the average so far; unused if the plan has no average
     * @param updates number of updates that the average already includes
     */
    private Fitting(
            List<NDManager> managers, FitPlan plan, StateDict weights, StateDict averaged, int updates, Frozen frozen) {
        this.managers = managers;
        NDManager manager = managers.getFirst();
        network = weights.network();
        replicas = new Replicas(managers, weights, DataType.FLOAT32, frozen);
        average = plan.averaging() > 0
                ? Optional.of(new WeightAverage(
                        new Parameters(manager, averaged, DataType.FLOAT32, frozen), plan.averaging(), updates))
                : Optional.empty();
        adam = new Adam(manager, replicas.first(), plan.options().weightDecay());
        gradients = new MicroBatches(
                new ReplicaStep(manager, replicas, plan.devices().syncBatchNorm()),
                plan.options().microBatch() * managers.size());
    }

    static Fitting begin(List<NDManager> devices, FitPlan plan, Start start) {
        return onOwnManagers(
                devices, managers -> new Fitting(managers, plan, start.weights(), start.weights(), 0, start.frozen()));
    }

    static Fitting resume(List<NDManager> devices, FitPlan plan, Saved saved, Frozen frozen) {
        int updates = saved.position().updates();
        StateDict averaged = saved.average().orElse(saved.weights());
        return onOwnManagers(devices, managers -> {
            Fitting fitting = new Fitting(managers, plan, saved.weights(), averaged, updates, frozen);
            fitting.adam.restore(updates, saved.first(), saved.second());
            return fitting;
        });
    }

    /** Closes the managers if the fitting cannot be created, for example because a device has too little memory. */
    private static Fitting onOwnManagers(List<NDManager> devices, Function<List<NDManager>, Fitting> creation) {
        List<NDManager> managers = new ArrayList<>();
        try {
            devices.forEach(device -> managers.add(device.newSubManager()));
            return creation.apply(managers);
        } catch (RuntimeException | Error e) {
            managers.forEach(NDManager::close);
            throw e;
        }
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
        try (NDManager scratch = manager().newSubManager()) {
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
        return managers.getFirst();
    }

    @Override
    public void close() {
        managers.forEach(NDManager::close);
    }
}
