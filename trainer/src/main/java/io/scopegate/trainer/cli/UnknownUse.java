package io.scopegate.trainer.cli;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Frames of which nobody knows what a network has seen.
 *
 * @param part as reports call them
 * @param list file name of the list or folder that they are all frames of, where they are no plan's
 * @param why for people
 * @param remedy what they can say who know; empty where there is nothing but to do what {@code why} asks for
 */
record UnknownUse(String part, Optional<String> list, String why, String remedy) {

    private static final String HELD_OUT = "; name groups that it has not seen with --held-out";

    static UnknownUse ofList(String name) {
        return new UnknownUse(
                "list " + name,
                Optional.of(name),
                "what the list was used for is not stated",
                "; state it with --split");
    }

    static UnknownUse ofFolder(Path folder, String why) {
        String name = String.valueOf(folder.getFileName());
        return new UnknownUse("folder " + name, Optional.of(name), why, HELD_OUT);
    }

    /** Frames that are called so on the command line, by somebody who need not know either. */
    static UnknownUse ofSplit(EvaluatedSplit called, String why) {
        return new UnknownUse("split " + called, Optional.empty(), why, HELD_OUT);
    }

    static UnknownUse ofPlan(EvaluatedSplit split, String why) {
        return new UnknownUse("the plan's frames for " + split, Optional.empty(), why, "");
    }

    /** One line, for whoever reads the figures. */
    String line() {
        return "NOT KNOWN whether the network was trained on these frames or its epoch was chosen with them; if so, the"
                + " figures are too optimistic: " + why;
    }

    /** Likewise, for whoever has asked for them. */
    String lineWithRemedy() {
        return line() + remedy;
    }
}
