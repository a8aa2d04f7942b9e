package io.scopegate.trainer.train;

import java.util.SplittableRandom;

/**
 * The frames of one epoch in drawing order, and the seed of each frame's augmentation. Both depend only on the run's
 * seed and the epoch, so an epoch can be resumed at any update and augmented by any number of threads.
 *
 * @param frames indices of samples
 * @param seeds one augmentation seed per frame
 * @param halfSize whether the network sees the tensors at {@link HalfSize}
 */
record EpochDraws(int[] frames, long[] seeds, boolean halfSize) {

    /**
     * Draws the frames and seeds of an epoch.
     *
     * @param replicas number of replicas; the number of frames is rounded up to a multiple of it
     * @param seed seed of this epoch
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
