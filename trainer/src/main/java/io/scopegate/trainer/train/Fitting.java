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

/**
 * The mutable state of a fit: parameters, their average and the optimiser. Owns its memory in the engine until closed.
 */
final class Fitting implements AutoCloseable {

    private final NDManager manager;
    private final SeResNet network;
    private final boolean averaging;
    private final Replicas replicas;
    private final WeightAverage average;
    private final Adam adam;
    private final GradientStep gradients;

    private Fitting(List<NDManager> devices, FitPlan plan, Saved from, Frozen frozen) {
        StateDict weights = from.parts().getFirst();
        manager = devices.getFirst().newSubManager();
        network = weights.network();
        averaging = plan.averaging() > 0;
        replicas = new Replicas(devices, weights, DataType.FLOAT32, frozen);
        average = new WeightAverage(
                new Parameters(manager, from.parts().getLast(), DataType.FLOAT32, frozen),
                plan.averaging(),
                from.position().updates());
        adam = new Adam(manager, replicas.first(), plan.options().weightDecay());
        gradients = new MicroBatches(
                new ReplicaStep(manager, replicas, plan.devices().syncBatchNorm()),
                plan.options().microBatch() * devices.size());
    }

    static Fitting begin(List<NDManager> devices, FitPlan plan, Start start) {
        return new Fitting(devices, plan, new Saved(Position.START, List.of(start.weights())), start.frozen());
    }

    static Fitting resume(List<NDManager> devices, FitPlan plan, Saved saved, Frozen frozen) {
        Fitting fitting = new Fitting(devices, plan, saved, frozen);
        fitting.adam.restore(
                saved.position().updates(), saved.parts().get(1), saved.parts().get(2));
        return fitting;
    }

    /** Copies the whole state out of the engine, to be saved. */
    Saved saved(Position position) {
        List<StateDict> parts =
                new ArrayList<>(List.of(replicas.first().stateDict(), adam.first(network), adam.second(network)));
        if (averaging) {
            parts.add(average.parameters().stateDict());
        }
        return new Saved(position, parts);
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
            if (averaging) {
                average.add(replicas.first(), scratch);
            }
        }
        return result;
    }

    /** Returns what is validated and kept: the average if there is one, otherwise the parameters. */
    Parameters result() {
        return averaging ? average.parameters() : replicas.first();
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
