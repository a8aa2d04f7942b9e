package io.scopegate.trainer.cli;

import java.util.function.IntConsumer;

/** Shows the progress of a command's steps that go through many frames. */
interface Progress {

    /**
     * Starts to show the progress of one step.
     *
     * @param what what the step does, for people
     * @param total number of frames that the step goes through; may be 0
     * @return consumer of the number of frames done, to be called after each frame by one thread
     */
    IntConsumer of(String what, int total);
}
