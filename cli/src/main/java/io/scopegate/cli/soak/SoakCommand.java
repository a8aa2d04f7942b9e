package io.scopegate.cli.soak;

import picocli.CommandLine.Command;

/** {@code ./scopegate soak}. */
@Command(
        name = "soak",
        mixinStandardHelpOptions = true,
        description = "Runs a server under load for a long time and checks that it stays within its limits.",
        subcommands = {ReloadSoakCommand.class, OverloadSoakCommand.class})
public final class SoakCommand {}
