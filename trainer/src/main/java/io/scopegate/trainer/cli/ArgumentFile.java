package io.scopegate.trainer.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scopegate.bundle.file.FileFault;
import io.scopegate.trainer.file.JsonFile;
import io.scopegate.trainer.plan.KnownSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Stack;
import java.util.stream.Stream;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * Inserts the arguments of a file, named by {@code --args}, before those that were typed: the command's options, except
 * those that were typed or that a typed one excludes, and settings, which typed settings override.
 */
final class ArgumentFile implements IParameterPreprocessor {

    static final String OPTION = "--args";

    private static final String SETTING = "--set";

    @Override
    @SuppressWarnings("JdkObsolete") // picocli's interface
    public boolean preprocess(Stack<String> args, CommandSpec command, ArgSpec argument, Map<String, Object> info) {
        List<String> typed = List.copyOf(args).reversed();
        int at = typed.indexOf(OPTION);
        if (at >= 0 && at + 1 < typed.size()) {
            push(args, read(Path.of(typed.get(at + 1)), command, typed));
        } else {
            typed.stream()
                    .filter(arg -> arg.startsWith(OPTION + "="))
                    .findFirst()
                    .ifPresent(arg -> push(args, read(Path.of(arg.substring(OPTION.length() + 1)), command, typed)));
        }
        return false;
    }

    /** Pushes the arguments in reverse, because the top of the stack is the next argument. */
    @SuppressWarnings("JdkObsolete")
    private static void push(Stack<String> args, List<String> defaults) {
        defaults.reversed().forEach(args::push);
    }

    private static List<String> read(Path file, CommandSpec command, List<String> typed) {
        try {
            if (!(JsonFile.read(file) instanceof ObjectNode object)) {
                throw new IOException(file + ": a JSON object with options and settings, not something else");
            }
            List<String> defaults = new ArrayList<>();
            for (Map.Entry<String, JsonNode> entry : object.properties()) {
                String option = "--" + entry.getKey();
                OptionSpec known = command.optionsMap().get(option);
                if (known == null || option.equals(OPTION) || option.equals(SETTING)) {
                    requireNoOptionMeant(file, entry.getKey(), command);
                    defaults.add(SETTING + "=" + entry.getKey() + "=" + entry.getValue());
                } else if (!isOverridden(known, typed)) {
                    add(defaults, option, entry.getValue());
                }
            }
            return defaults;
        } catch (IOException e) {
            throw new ParameterException(command.commandLine(), OPTION + ": " + FileFault.text(e));
        }
    }

    /**
     * Refuses a key that is probably a misspelt option. As a setting it would be refused with the name of the nearest
     * setting, which does not help somebody who meant an option.
     */
    private static void requireNoOptionMeant(Path file, String key, CommandSpec command) throws IOException {
        List<String> options = command.optionsMap().keySet().stream()
                .filter(name -> name.startsWith("--") && !name.equals(OPTION) && !name.equals(SETTING))
                .map(name -> name.substring(2))
                .toList();
        Optional<String> meant = KnownSettings.meantOption(key, options);
        if (meant.isPresent()) {
            throw new IOException("%s: %s: no such option or setting; the nearest is the option %s"
                    .formatted(file, key, meant.get()));
        }
    }

    /** Whether the option was typed, or another one of a group of which only one may be given. */
    private static boolean isOverridden(OptionSpec option, List<String> typed) {
        ArgGroupSpec group = option.group();
        List<OptionSpec> alternatives = group != null && group.exclusive() ? group.options() : List.of(option);
        return alternatives.stream().anyMatch(alternative -> isTyped(alternative, typed));
    }

    private static boolean isTyped(OptionSpec option, List<String> typed) {
        return Stream.of(option.names())
                .anyMatch(name -> typed.stream().anyMatch(arg -> arg.equals(name) || arg.startsWith(name + "=")));
    }

    private static void add(List<String> defaults, String option, JsonNode value) {
        if (value.isArray()) {
            value.forEach(item -> add(defaults, option, item));
        } else if (!value.isNull()) {
            defaults.add(option + "=" + value.asText());
        }
    }
}
