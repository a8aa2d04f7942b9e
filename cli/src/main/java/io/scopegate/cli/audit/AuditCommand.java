package io.scopegate.cli.audit;

import picocli.CommandLine.Command;

/** {@code ./scopegate audit}: commands for an audit log. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = "Verifies the audit log of a server.",
        subcommands = VerifyCommand.class)
public final class AuditCommand {}
