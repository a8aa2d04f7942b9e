package io.scopegate.trainer.train;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.GradientCollector;
import io.scopegate.trainer.network.Replicas;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * Computes the gradients of a batch on several replicas, each of which takes an equal part. Each replica sums the loss
 * over its part, and the gradients are the mean over the replicas, as with PyTorch's DistributedDataParallel. With
 * {@code syncBatchNorm} the gradients are those of one device with the whole batch.
 *
 * @param manager manager on the first replica's device; intermediate arrays are freed when the step ends
 * @param replicas replicas of the network; the first one holds the resulting gradients
 * @param syncBatchNorm whether batch norms use the statistics of the whole batch instead of each replica's part
 */
record ReplicaStep(NDManager manager, Replicas replicas, boolean syncBatchNorm) implements GradientStep {

    @Override
    public Result run(Batch batch) {
        List<Batch> shards = batch.shards(replicas.devices().size());
        try (NDManager scratch = manager.newSubManager()) {
            return run(each(shards, Batch::input, scratch), each(shards, Batch::targets, scratch), scratch);
        }
    }

    private List<NDArray> each(List<Batch> shards, BiFunction<Batch, NDManager, NDArray> tensor, NDManager scratch) {
        return IntStream.range(0, shards.size())
                .mapToObj(k -> tensor.apply(shards.get(k), scratch)
                        .toDevice(replicas.devices().get(k), false))
                .toList();
    }

    /**
     * Computes the gradients from tensors that are already on the replicas' devices.
     *
     * @param inputs one tensor per replica, {@code [N, 3, H, W]}
     * @param targets one tensor per replica, {@code [N, classes]}; see {@link Targets}
     * @param scratch owns intermediate arrays; the caller closes it
     */
    Result run(List<NDArray> inputs, List<NDArray> targets, NDManager scratch) {
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            replicas.spreadValues(scratch);
            List<NDArray> logits = replicas.logits(inputs, syncBatchNorm);
            NDArray sum = IntStream.range(0, logits.size())
                    .mapToObj(k -> onFirst(CrossEntropy.sum(logits.get(k), targets.get(k))))
                    .reduce(NDArray::add)
                    .orElseThrow();
            NDArray loss = syncBatchNorm ? sum : sum.div(scratch.create(logits.size()));
            collector.backward(loss);
            replicas.gatherGradients(scratch);
            return result(loss, logits);
        }
    }

    private Result result(NDArray loss, List<NDArray> logits) {
        NDList onFirst = new NDList(logits.stream().map(this::onFirst).toList());
        return new Result(
                loss.toType(DataType.FLOAT64, false).getDouble(),
                NDArrays.concat(onFirst).toType(DataType.FLOAT32, false).toFloatArray());
    }

    private NDArray onFirst(NDArray array) {
        return array.toDevice(replicas.devices().getFirst(), false);
    }
}
