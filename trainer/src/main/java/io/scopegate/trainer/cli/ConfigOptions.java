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

/** The options by which every command takes its configuration. A command that has them is preprocessed by ArgumentFile. */
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

    // ArgumentFile reads it before options are parsed; here it is for the help text.
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
     * @throws ParameterException if there are settings and no configuration whose settings they could replace
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
     * @param last override what is typed
     * @throws ParameterException if no configuration is named, or a setting is typed without its value
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

    /** What was typed or is in the file of arguments, without the folders of files, for a model's provenance. */
    String typed() {
        String names =
                files.stream().map(file -> String.valueOf(file.getFileName())).collect(Collectors.joining(","));
        return "--config " + names + settings.stream().map(s -> " --set " + s).collect(Collectors.joining());
    }
}
