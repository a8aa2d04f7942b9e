package io.scopegate.cli.soak;

import picocli.CommandLine.Command;

/** {@code ./scopegate soak}. */
@Command(
        name = "soak",
        mixinStandardHelpOptions = true,
        description = "Loads a server of its own for long, and says whether it kept what it promises.",
        subcommands = {ReloadSoakCommand.class, OverloadSoakCommand.class})
public final class SoakCommand {}
