package io.scopegate.trainer.train;

import java.util.SplittableRandom;

/**
 * The frames of one epoch in their order, and for each the seed of its augmentation. All of it follows from the run's
 * seed and the epoch alone, so that an epoch can be resumed anywhere and augmented by any number of threads.
 *
 * @param frames indices of samples
 * @param seeds one each
 * @param halfSize whether the network sees their tensors at {@link HalfSize}
 */
record EpochDraws(int[] frames, long[] seeds, boolean halfSize) {

    /**
     * Draws.
     *
     * @param replicas each of which gets as many frames
     * @param seed of this epoch
     */
    static EpochDraws of(DrawingOrder order, int replicas, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] frames = DrawingOrder.padded(order.epoch(random), replicas);
        return new EpochDraws(frames, random.longs(frames.length).toArray(), false);
    }

    EpochDraws atHalfSize() {
        return new EpochDraws(frames, seeds, true);
    }

    int size() {
        return frames.length;
    }
}
