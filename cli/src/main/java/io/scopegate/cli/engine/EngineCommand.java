package io.scopegate.cli.engine;

import picocli.CommandLine.Command;

/** {@code ./scopegate engine}: commands for a cache of engines. */
@Command(
        name = "engine",
        mixinStandardHelpOptions = true,
        description = "Builds, lists and removes TensorRT engines.",
        subcommands = {BuildCommand.class, ListCommand.class, PruneCommand.class})
public final class EngineCommand {}
