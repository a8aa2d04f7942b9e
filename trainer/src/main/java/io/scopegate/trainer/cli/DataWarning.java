package io.scopegate.trainer.cli;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What is not wrong for certain in a plan's frames, but should not come as a surprise in the figures.
 *
 * @param what it is
 * @param cases each of them, by the names that whoever has the frames finds it by; never empty
 */
record DataWarning(String what, List<String> cases) {

    private static final int NAMED = 5;

    DataWarning {
        cases = List.copyOf(cases);
    }

    /** With the first names. */
    String line() {
        String more = cases.size() > NAMED ? "; and more" : "";
        String named = cases.stream().limit(NAMED).collect(Collectors.joining("; "));
        return "WARNING: %s: %s%s".formatted(brief(), named, more);
    }

    /** For a published model, which says nothing of what somebody's pictures are called. */
    String brief() {
        return "data: %s: %d".formatted(what, cases.size());
    }
}
