package io.scopegate.trainer.cli;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Frames of which nobody knows what a network has seen.
 *
 * @param part as reports call them
 * @param list file name of the list or folder that they are all frames of, where they are no plan's
 * @param why for people
 */
record UnknownUse(String part, Optional<String> list, String why) {

    static UnknownUse ofList(String name) {
        return new UnknownUse("list " + name, Optional.of(name), "nobody says what the list was used for");
    }

    static UnknownUse ofFolder(Path folder, String why) {
        String name = String.valueOf(folder.getFileName());
        return new UnknownUse("folder " + name, Optional.of(name), why);
    }

    /** Frames that are called so on the command line, by somebody who need not know either. */
    static UnknownUse ofSplit(EvaluatedSplit called, String why) {
        return new UnknownUse("split " + called, Optional.empty(), why);
    }

    static UnknownUse ofPlan(EvaluatedSplit split, String why) {
        return new UnknownUse("the plan's frames for " + split, Optional.empty(), why);
    }

    /** One line. */
    String line() {
        return "NOT KNOWN whether the network was fitted to these frames, or its epoch chosen by them; if so, the figures"
                + " flatter it: " + why;
    }
}
