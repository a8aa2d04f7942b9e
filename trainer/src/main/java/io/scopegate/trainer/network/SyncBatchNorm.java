package io.scopegate.trainer.network;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * A batch norm whose mean and variance are those of all shards together. Only sums per channel are copied between
 * devices. Every replica's running statistics become those of one device with the whole batch.
 *
 * @param layer convolution whose batch norm this is
 * @param replicas one replica per shard
 */
record SyncBatchNorm(Convolution layer, List<EngineLayers> replicas) {

    private static final int[] ALL_BUT_CHANNELS = {0, 2, 3};

    /**
     * Normalises the shards.
     *
     * @param shards one shard {@code [N, C, H, W]} per replica, on its device; changed in place
     */
    List<NDArray> normalize(List<NDArray> shards) {
        long count = shards.stream().mapToLong(NDArray::size).sum() / layer.out();
        NDArray divisor = shards.getFirst().getManager().create(count);
        NDArray mean = total(shards, SyncBatchNorm::sum).div(divisor);
        shards.forEach(shard -> shard.subi(beside(shard, mean)));
        NDArray variance = total(shards, SyncBatchNorm::sumOfSquares).div(divisor);
        replicas.forEach(replica -> keep(replica, mean, variance.mul(count / (count - 1.0))));
        NDArray deviation = variance.add(Convolution.NORM_EPSILON).sqrt();
        return IntStream.range(0, shards.size())
                .mapToObj(k -> scaled(replicas.get(k), shards.get(k), deviation))
                .toList();
    }

    /** Returns the sum of a term over all shards, on the first shard's device. */
    private static NDArray total(List<NDArray> shards, UnaryOperator<NDArray> term) {
        return shards.stream()
                .map(shard -> beside(shards.getFirst(), term.apply(shard)))
                .reduce(NDArray::add)
                .orElseThrow();
    }

    private static NDArray sum(NDArray shard) {
        return shard.sum(ALL_BUT_CHANNELS, true);
    }

    private static NDArray sumOfSquares(NDArray shard) {
        try (NDArray squares = shard.square()) {
            return sum(squares);
        }
    }

    private NDArray scaled(EngineLayers replica, NDArray centred, NDArray deviation) {
        NDArray weight = byChannel(replica.array(layer.normWeight()), centred);
        NDArray bias = byChannel(replica.array(layer.normBias()), centred);
        return centred.mul(weight.div(beside(centred, deviation))).addi(bias);
    }

    /**
     * Returns a view of a parameter as {@code [1, C, 1, 1]}. The shard's manager owns it, so that it is freed with the
     * step.
     */
    private NDArray byChannel(NDArray parameter, NDArray shard) {
        NDArray view = parameter.reshape(1, layer.out(), 1, 1);
        view.attach(shard.getManager());
        return view;
    }

    private void keep(EngineLayers replica, NDArray mean, NDArray unbiasedVariance) {
        keep(replica.array(layer.runningMean()), mean);
        keep(replica.array(layer.runningVariance()), unbiasedVariance);
    }

    private static void keep(NDArray running, NDArray ofBatch) {
        NDArray share = beside(running, ofBatch.stopGradient()).mul(1 - EngineLayers.NORM_MOMENTUM);
        running.muli(EngineLayers.NORM_MOMENTUM).addi(share.reshape(running.getShape()));
    }

    private static NDArray beside(NDArray place, NDArray array) {
        return array.toDevice(place.getDevice(), false);
    }
}
