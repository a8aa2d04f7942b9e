package io.scopegate.trainer.cli;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A warning about frames that are not certainly wrong, but may distort the figures.
 *
 * @param what what is suspicious, in words
 * @param cases the cases, by names under which the owner of the frames finds them; never empty
 */
record DataWarning(String what, List<String> cases) {

    private static final int NAMED = 5;

    DataWarning {
        cases = List.copyOf(cases);
    }

    /** Returns the warning as one line, with the names of the first cases. */
    String line() {
        String more = cases.size() > NAMED ? "; and more" : "";
        String named = cases.stream().limit(NAMED).collect(Collectors.joining("; "));
        return "WARNING: %s: %s%s".formatted(brief(), named, more);
    }

    /**
     * Returns the warning without names, for a published model, which must not reveal what somebody's pictures are
     * called.
     */
    String brief() {
        return "data: %s: %d".formatted(what, cases.size());
    }
}
