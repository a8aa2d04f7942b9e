package io.scopegate.cli;

import java.io.PrintWriter;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells what is wrong with a call in few lines: under a whole help text nobody would see them any more. */
final class WrongCall implements IParameterExceptionHandler {

    /** What a mistyped value or a file of arguments could break the line by. */
    private static final Pattern UNSEEN = Pattern.compile("\\p{Cc}");

    @Override
    public int handleParseException(ParameterException fault, String[] args) {
        CommandLine command = fault.getCommandLine();
        CommandSpec spec = command.getCommandSpec();
        PrintWriter err = command.getErr();
        err.println("scopegate: "
                + UNSEEN.matcher(String.valueOf(fault.getMessage())).replaceAll("?"));
        UnmatchedArgumentException.printSuggestions(fault, err);
        err.println("Try '" + spec.qualifiedName() + " --help'.");
        return spec.exitCodeOnInvalidInput();
    }
}
