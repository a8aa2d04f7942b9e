package io.scopegate.trainer.train;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import io.scopegate.trainer.network.Parameters;
import io.scopegate.trainer.network.Parameters.Mode;

/**
 * The trained parameters themselves, on their device, with whole batches.
 *
 * @param manager of the device; what a step computes on the way is freed when it ends
 * @param parameters whose gradients are computed
 */
record SingleReplica(NDManager manager, Parameters parameters) implements GradientStep {

    @Override
    public Result run(Batch batch) {
        try (NDManager scratch = manager.newSubManager();
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray logits = parameters.logits(batch.input(scratch), Mode.TRAINING);
            NDArray loss = CrossEntropy.sum(logits, batch.targets(scratch));
            collector.backward(loss);
            return new Result(loss.getFloat(), logits.toFloatArray());
        }
    }
}
