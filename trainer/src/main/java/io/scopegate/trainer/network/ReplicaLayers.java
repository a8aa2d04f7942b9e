package io.scopegate.trainer.network;

import ai.djl.ndarray.NDArray;
import io.scopegate.trainer.network.Parameters.Mode;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * Computes each layer on all replicas before the next layer, so that batch norms can combine all replicas' statistics.
 */
final class ReplicaLayers implements Layers<List<NDArray>> {

    private final List<EngineLayers> replicas;
    private final boolean syncBatchNorm;

    ReplicaLayers(List<Parameters> replicas, boolean syncBatchNorm) {
        this.replicas = replicas.stream()
                .map(replica -> new EngineLayers(replica, Mode.TRAINING))
                .toList();
        this.syncBatchNorm = syncBatchNorm;
    }

    @Override
    public List<NDArray> convolution(Convolution layer, List<NDArray> inputs) {
        if (syncBatchNorm && replicas.getFirst().normalizesByBatch(layer)) {
            List<NDArray> sums = each(inputs, (replica, input) -> replica.sums(layer, input));
            return new SyncBatchNorm(layer, replicas).normalize(sums);
        }
        return each(inputs, (replica, input) -> replica.convolution(layer, input));
    }

    @Override
    public List<NDArray> relu(List<NDArray> inputs) {
        return each(inputs, Layers::relu);
    }

    @Override
    public List<NDArray> sigmoid(List<NDArray> inputs) {
        return each(inputs, Layers::sigmoid);
    }

    @Override
    public List<NDArray> maxPool(List<NDArray> inputs) {
        return each(inputs, Layers::maxPool);
    }

    @Override
    public List<NDArray> globalAveragePool(List<NDArray> inputs) {
        return each(inputs, Layers::globalAveragePool);
    }

    @Override
    public List<NDArray> dense(Dense layer, List<NDArray> inputs) {
        return each(inputs, (replica, input) -> replica.dense(layer, input));
    }

    @Override
    public List<NDArray> scale(List<NDArray> inputs, List<NDArray> factors) {
        return IntStream.range(0, inputs.size())
                .mapToObj(k -> replicas.get(k).scale(inputs.get(k), factors.get(k)))
                .toList();
    }

    @Override
    public List<NDArray> add(List<NDArray> first, List<NDArray> second) {
        return IntStream.range(0, first.size())
                .mapToObj(k -> replicas.get(k).add(first.get(k), second.get(k)))
                .toList();
    }

    private List<NDArray> each(List<NDArray> inputs, BiFunction<EngineLayers, NDArray, NDArray> layer) {
        return IntStream.range(0, inputs.size())
                .mapToObj(k -> layer.apply(replicas.get(k), inputs.get(k)))
                .toList();
    }
}
