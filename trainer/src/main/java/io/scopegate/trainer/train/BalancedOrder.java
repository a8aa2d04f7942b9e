package io.scopegate.trainer.train;

import io.scopegate.trainer.dataset.Label;
import io.scopegate.trainer.dataset.LabelledFrame;
import io.scopegate.trainer.train.TrainingRun.Sources;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Draws frames with replacement, balanced by label, source and group. The label follows the configured share; then a
 * source is drawn by its weight, a group of the source by the square root of its size, since frames of one group
 * resemble each other, and a frame of the group uniformly.
 */
final class BalancedOrder implements DrawingOrder {

    private final int framesPerEpoch;
    private final double outOfBodyShare;
    private final Choice inBody;
    private final Choice outOfBody;

    /** The frames of one label, with the running sums of their weights. */
    private record Choice(int[] frames, double[] cumulative) {}

    /**
     * Computes the frames' weights.
     *
     * @param outOfBodyShare share of out-of-body frames in an epoch
     * @param frames frames that the drawn indices refer to
     * @param sources sources of the frames' groups
     * @throws IllegalArgumentException if a label has no frame, or only frames of sources with weight 0
     */
    BalancedOrder(int framesPerEpoch, double outOfBodyShare, List<LabelledFrame> frames, Sources sources) {
        this.framesPerEpoch = framesPerEpoch;
        this.outOfBodyShare = outOfBodyShare;
        this.inBody = choice(frames, Label.IN_BODY, sources);
        this.outOfBody = choice(frames, Label.OUT_OF_BODY, sources);
    }

    private static Choice choice(List<LabelledFrame> frames, Label label, Sources sources) {
        int[] indices = IntStream.range(0, frames.size())
                .filter(k -> frames.get(k).label() == label)
                .toArray();
        if (indices.length == 0) {
            throw new IllegalArgumentException("data: frames of both labels to train on, none is " + label.text());
        }
        Map<String, Double> weights = frameWeights(groupSizes(frames, indices), sources);
        double[] cumulative = new double[indices.length];
        double sum = 0;
        for (int k = 0; k < indices.length; k++) {
            sum += weights.getOrDefault(frames.get(indices[k]).group(), 0.0);
            cumulative[k] = sum;
        }
        if (!(sum > 0)) {
            throw new IllegalArgumentException("data.sources.N.weight: above 0 for a source with " + label.text()
                    + " to train on, not 0 for each");
        }
        return new Choice(indices, cumulative);
    }

    private static Map<String, Integer> groupSizes(List<LabelledFrame> frames, int[] indices) {
        Map<String, Integer> sizes = new LinkedHashMap<>();
        for (int k : indices) {
            sizes.merge(frames.get(k).group(), 1, Integer::sum);
        }
        return sizes;
    }

    /**
     * Returns the weight of one frame of each group. A source's weight is divided among its groups by the square root
     * of their sizes, and a group's part evenly among its frames.
     */
    private static Map<String, Double> frameWeights(Map<String, Integer> sizes, Sources sources) {
        double[] rootSums = new double[sources.weights().size()];
        sizes.forEach((group, size) -> rootSums[sources.source(group)] += Math.sqrt(size));
        Map<String, Double> weights = new LinkedHashMap<>();
        sizes.forEach((group, size) -> {
            int source = sources.source(group);
            weights.put(group, sources.weights().get(source) / rootSums[source] / Math.sqrt(size));
        });
        return weights;
    }

    @Override
    public int framesPerEpoch() {
        return framesPerEpoch;
    }

    @Override
    public int[] epoch(RandomGenerator random) {
        int[] order = new int[framesPerEpoch];
        for (int k = 0; k < order.length; k++) {
            order[k] = draw(isOutOfBody(k) ? outOfBody : inBody, random);
        }
        return order;
    }

    /** Spreads the labels evenly over the epoch, so that every batch has its share of both. */
    private boolean isOutOfBody(int k) {
        return Math.floor((k + 1) * outOfBodyShare) > Math.floor(k * outOfBodyShare);
    }

    private static int draw(Choice choice, RandomGenerator random) {
        double[] cumulative = choice.cumulative;
        double at = random.nextDouble() * cumulative[cumulative.length - 1];
        int found = Arrays.binarySearch(cumulative, at);
        return choice.frames[Math.min(found < 0 ? -found - 1 : found + 1, cumulative.length - 1)];
    }
}
