package io.scopegate.cli.audit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scopegate.audit.AuditVerification;
import io.scopegate.audit.AuditVerification.Broken;
import io.scopegate.audit.AuditVerification.Whole;
import io.scopegate.cli.report.FaultText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./scopegate audit verify DIR} */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Says whether the lines of an audit log are one whole chain: a changed or missing one breaks it. "
                + "Lines cut off at the end, and an end that was written anew, hashes and all, are found only by "
                + "comparing the head with one that was kept elsewhere. Earlier files may be put away as a whole; that "
                + "lines were cut off the front of the first one that is left is found, unless it is a later file of "
                + "an earlier version, whose lines have no \"line\".",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:the log is whole",
            "1:it cannot be read, or holds no line",
            "2:wrong arguments",
            "3:it is broken"
        })
final class VerifyCommand implements Callable<Integer> {

    private static final int UNPROVEN = 1;
    private static final int BROKEN = 3;

    @Parameters(paramLabel = "DIR", description = "The directory that scopegate.audit.directory names.")
    private Path directory = Path.of("");

    @Option(
            names = "--json",
            description =
                    "Print one JSON object: whole is true, false where the log is broken, or null where nothing is"
                            + " proven, with the reason.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        try {
            AuditVerification result = AuditVerification.of(directory);
            spec.commandLine().getOut().println(json ? object(result) : line(result));
            return result instanceof Broken ? BROKEN : 0;
        } catch (IOException e) {
            return unproven(FaultText.of(e));
        }
    }

    private int unproven(String reason) {
        spec.commandLine().getErr().println("scopegate: " + reason);
        if (json) {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            spec.commandLine().getOut().println(node.putNull("whole").put("reason", reason));
        }
        return UNPROVEN;
    }

    private static String line(AuditVerification result) {
        return switch (result) {
            case Whole whole ->
                String.format(
                        Locale.ROOT,
                        "whole: %d lines in %d files, %s; head %s",
                        whole.lines(),
                        whole.files(),
                        whole.firstSequence() == 1
                                ? "from the first on"
                                : "from line " + whole.firstSequence() + " on, earlier files are not here",
                        whole.head());
            case Broken broken ->
                String.format(Locale.ROOT, "broken: %s, line %d: %s", broken.file(), broken.line(), broken.reason());
        };
    }

    private static ObjectNode object(AuditVerification result) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        return switch (result) {
            case Whole whole ->
                node.put("whole", true)
                        .put("lines", whole.lines())
                        .put("files", whole.files())
                        .put("firstSequence", whole.firstSequence())
                        .put("head", whole.head());
            case Broken broken ->
                node.put("whole", false)
                        .put("file", broken.file().toString())
                        .put("line", broken.line())
                        .put("reason", broken.reason());
        };
    }
}
