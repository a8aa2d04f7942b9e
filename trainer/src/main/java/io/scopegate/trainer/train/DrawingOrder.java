package io.scopegate.trainer.train;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Decides which frames are drawn in an epoch, and in which order. */
interface DrawingOrder {

    /** Returns the number of frames in an epoch. */
    int framesPerEpoch();

    /** Draws the indices of the frames of one epoch. */
    int[] epoch(RandomGenerator random);

    /** Repeats frames from the start at the end, until their number is divisible by the number of replicas. */
    static int[] padded(int[] order, int replicas) {
        int length = (order.length + replicas - 1) / replicas * replicas;
        return IntStream.range(0, length).map(k -> order[k % order.length]).toArray();
    }

    /** Returns an order that draws every frame once per epoch, shuffled. */
    static DrawingOrder shuffled(int frames) {
        return new Shuffled(frames);
    }

    /** See {@link #shuffled}. */
    record Shuffled(int framesPerEpoch) implements DrawingOrder {
        @Override
        public int[] epoch(RandomGenerator random) {
            int[] order = new int[framesPerEpoch];
            for (int k = 0; k < order.length; k++) {
                int other = random.nextInt(k + 1);
                order[k] = order[other];
                order[other] = k;
            }
            return order;
        }
    }
}
