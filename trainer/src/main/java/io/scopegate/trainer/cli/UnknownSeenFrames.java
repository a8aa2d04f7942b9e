package io.scopegate.trainer.cli;

import io.scopegate.trainer.dataset.FrameFolder;
import java.nio.file.Path;
import java.util.Optional;

/**
 * States that it is not known what a network has seen of the evaluated frames.
 *
 * @param part name of the frames in reports
 * @param list file name of the list or folder that contains all the frames; empty if they are named as a part of a
 *     split
 * @param why the reason, for people
 * @param remedy what a user who knows can state; empty if there is nothing to do but what {@code why} asks for
 */
record UnknownSeenFrames(String part, Optional<String> list, String why, String remedy) {

    private static final String HELD_OUT = "; name groups that it has not seen with --held-out";

    static UnknownSeenFrames ofList(String name) {
        return new UnknownSeenFrames(
                "list " + name,
                Optional.of(name),
                "what the list was used for is not stated",
                "; state it with --split");
    }

    static UnknownSeenFrames ofFolder(Path folder, String why) {
        String name = FrameFolder.nameOf(folder);
        return new UnknownSeenFrames("folder " + name, Optional.of(name), why, HELD_OUT);
    }

    /** For frames that the command line calls a part of a split, which does not tell what the network has seen. */
    static UnknownSeenFrames ofSplit(EvaluatedSplit called, String why) {
        return new UnknownSeenFrames("split " + called, Optional.empty(), why, HELD_OUT);
    }

    static UnknownSeenFrames ofPlan(EvaluatedSplit split, String why) {
        return new UnknownSeenFrames("the plan's frames for " + split, Optional.empty(), why, "");
    }

    /** Returns one line for readers of the figures. */
    String line() {
        return "NOT KNOWN whether the network was trained on these frames or its epoch was chosen with them; if so, the"
                + " figures are too optimistic: " + why;
    }

    /** Returns one line for the user who runs the evaluation, with the remedy. */
    String lineWithRemedy() {
        return line() + remedy;
    }
}
