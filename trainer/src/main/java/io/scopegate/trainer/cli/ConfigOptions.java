package io.scopegate.trainer.cli;

import io.scopegate.trainer.plan.PlanReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The options that name a command's configuration. A command with this mixin has to declare ArgumentFile as its
 * preprocessor.
 */
final class ConfigOptions {

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = "--config",
            split = ",",
            paramLabel = "FILE",
            description = "JSON configuration file. Several, separated by commas or by repeating the option,"
                    + " are merged from left to right. Relative paths in a file are relative to its"
                    + " folder.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--set",
            paramLabel = "ID=VALUE",
            description = "Override a setting, such as fit.epochs=2 or network.blocks.0=1. Relative paths are"
                    + " relative to the working directory. Repeatable.")
    private List<String> settings = new ArrayList<>();

    // Only for the help text: ArgumentFile reads the option before options are parsed.
    @SuppressWarnings("UnusedVariable")
    @Option(
            names = ArgumentFile.OPTION,
            paramLabel = "FILE",
            description = "JSON file with defaults for options ({\"config\": \"train.json\"}) and settings"
                    + " ({\"fit.epochs\": 2}). The command line takes precedence.")
    private @Nullable Path arguments;

    /**
     * Reads the configuration, if one is named, for a command that can do without.
     *
     * @throws ParameterException if there are settings but no configuration that they could override
     */
    Optional<PlanReader> plansIfNamed() throws IOException {
        return files.isEmpty() && settings.isEmpty() ? Optional.empty() : Optional.of(plans());
    }

    /**
     * Reads the configuration.
     *
     * @throws ParameterException if none is named
     */
    PlanReader plans() throws IOException {
        return plans(List.of());
    }

    /**
     * Reads the configuration, with settings that other options stand for.
     *
     * @param last settings that override typed ones
     * @throws ParameterException if no configuration is named, or a typed setting has no value
     */
    PlanReader plans(List<String> last) throws IOException {
        if (files.isEmpty() && command != null) {
            throw new ParameterException(command.commandLine(), "--config is required");
        }
        requireSettings();
        return PlanReader.of(
                files, Stream.concat(settings.stream(), last.stream()).toList());
    }

    private void requireSettings() {
        for (String setting : settings) {
            if (setting.indexOf('=') < 1 && command != null) {
                throw new ParameterException(command.commandLine(), "--set must be ID=VALUE, got " + setting);
            }
        }
    }

    /**
     * Returns the configuration options as typed or as in the file of arguments, for a model's provenance.
     * Configuration files are named without their folders.
     */
    String typed() {
        String names =
                files.stream().map(file -> String.valueOf(file.getFileName())).collect(Collectors.joining(","));
        return "--config " + names + settings.stream().map(s -> " --set " + s).collect(Collectors.joining());
    }
}
