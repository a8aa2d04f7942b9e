package io.scopegate.trainer.cli;

import java.util.function.IntConsumer;

/** Shows how far the steps of a command have come that go through many frames. */
interface Progress {

    /**
     * Of one step.
     *
     * @param what it does, for people
     * @param total how many frames it goes through; none is fine
     * @return is told after each frame how many are done, by one thread
     */
    IntConsumer of(String what, int total);
}
