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
        description = {
            "Checks that the lines of an audit log form one unbroken chain, so that none was changed or removed.",
            "",
            "Lines that were removed or rewritten at the end are found only by comparing the printed head with one that"
                    + " was kept elsewhere. The earliest files may be archived as a whole. See docs/audit-log.md."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:the log is whole",
            "1:the log cannot be read or has no lines",
            "2:wrong arguments",
            "3:the log is broken"
        })
final class VerifyCommand implements Callable<Integer> {

    private static final int UNPROVEN = 1;
    private static final int BROKEN = 3;

    @Parameters(paramLabel = "DIR", description = "Folder of the audit log, as set by scopegate.audit.directory.")
    private Path directory = Path.of("");

    @Option(
            names = "--json",
            description =
                    "Print one JSON object. Its whole is true, false if the log is broken, or null if nothing could be"
                            + " verified, with the reason.")
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
                                ? "complete from the first line"
                                : "starting at line " + whole.firstSequence() + ", without earlier files",
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
