package io.scopegate.cli.engine;

import picocli.CommandLine.Command;

/** {@code ./scopegate engine}: what can be done with a cache of engines. */
@Command(
        name = "engine",
        mixinStandardHelpOptions = true,
        description = "Lists and removes TensorRT engines that servers have built.",
        subcommands = {ListCommand.class, PruneCommand.class})
public final class EngineCommand {}
