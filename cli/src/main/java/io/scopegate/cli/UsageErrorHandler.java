package io.scopegate.cli;

import io.scopegate.cli.report.FaultText;
import java.io.PrintWriter;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Reports wrong arguments in few lines, which a whole help text would hide. If {@code --json} is on the command line
 * itself, also prints one object with the reason.
 */
final class UsageErrorHandler implements IParameterExceptionHandler {

    /** Characters by which a mistyped value or an argument file could break the line. */
    private static final Pattern UNSEEN = Pattern.compile("\\p{Cc}");

    private static final String JSON = "--json";

    @Override
    public int handleParseException(ParameterException fault, String[] args) {
        CommandLine command = fault.getCommandLine();
        CommandSpec spec = command.getCommandSpec();
        PrintWriter err = command.getErr();
        String reason = UNSEEN.matcher(String.valueOf(fault.getMessage())).replaceAll("?");
        err.println("scopegate: " + reason);
        UnmatchedArgumentException.printSuggestions(fault, err);
        err.println("Try '" + spec.qualifiedName() + " --help'.");
        if (spec.findOption(JSON) != null && List.of(args).contains(JSON)) {
            command.getOut().println(FaultText.json(reason));
            command.getOut().flush();
        }
        return spec.exitCodeOnInvalidInput();
    }
}
