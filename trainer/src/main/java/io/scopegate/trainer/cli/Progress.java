package io.scopegate.trainer.cli;

import java.util.function.IntConsumer;

/** Shows the progress of a command's steps that go through many frames. */
interface Progress {

    /**
     * Returns the progress of one step.
     *
     * @param what what the step does, for people
     * @param total number of frames that the step goes through; may be 0
     * @return receives the number of frames done, after each frame, on one thread
     */
    IntConsumer of(String what, int total);
}
