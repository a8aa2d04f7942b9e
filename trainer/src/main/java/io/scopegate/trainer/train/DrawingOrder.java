package io.scopegate.trainer.train;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Which frames are drawn in an epoch, in which order. */
interface DrawingOrder {

    /** How many frames an epoch has. */
    int framesPerEpoch();

    /** Indices of the frames of one epoch. */
    int[] epoch(RandomGenerator random);

    /** Frames from the start are repeated at the end, until there are as many for each of some replicas. */
    static int[] padded(int[] order, int replicas) {
        int length = (order.length + replicas - 1) / replicas * replicas;
        return IntStream.range(0, length).map(k -> order[k % order.length]).toArray();
    }

    /** Every frame once, shuffled. */
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
