package io.scopegate.cli.server;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The options that the environment sets for the Java virtual machine of a server, split in the same way as by the
 * scripts that start one.
 *
 * @param all single options, in their order
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

    /** Splits a text into options at blanks, tabs and line ends: a YAML block has one option per line. */
    static JavaOptions of(String text) {
        return new JavaOptions(
                BETWEEN.splitAsStream(text).filter(option -> !option.isEmpty()).toList());
    }

    /**
     * Returns the properties and memory sizes, the only options that the native executable takes.
     *
     * @param warnings gets a line for each other option
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
