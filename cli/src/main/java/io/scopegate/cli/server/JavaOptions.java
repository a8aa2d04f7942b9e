package io.scopegate.cli.server;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * What the environment asks of the Java virtual machine of a server, read as the scripts read it that start one.
 *
 * @param all each option by itself, in their order
 */
record JavaOptions(List<String> all) {

    private static final String VARIABLE = "SCOPEGATE_JAVA_OPTS";
    private static final Pattern BETWEEN = Pattern.compile("\\s+");
    private static final Pattern OF_THE_EXECUTABLE = Pattern.compile("-(D|Xm).*");

    JavaOptions {
        all = List.copyOf(all);
    }

    static JavaOptions ofTheEnvironment() {
        return of(System.getenv().getOrDefault(VARIABLE, ""));
    }

    /** Options that blanks, tabs or line ends stand between: a block of YAML has a line for each. */
    static JavaOptions of(String text) {
        return new JavaOptions(
                BETWEEN.splitAsStream(text).filter(option -> !option.isEmpty()).toList());
    }

    /**
     * Properties and memory sizes, which are all that the native executable takes.
     *
     * @param warnings gets a line for each of the others
     */
    List<String> ofTheExecutable(Consumer<String> warnings) {
        List<String> taken = new ArrayList<>();
        for (String option : all) {
            if (OF_THE_EXECUTABLE.matcher(option).matches()) {
                taken.add(option);
            } else {
                warnings.accept(
                        VARIABLE + ": ignoring " + option + ": the native executable takes only -D and -Xm options");
            }
        }
        return taken;
    }
}
