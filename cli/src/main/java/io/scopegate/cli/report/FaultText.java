package io.scopegate.cli.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scopegate.bundle.file.FileFault;
import java.io.IOException;
import java.util.concurrent.ExecutionException;

/** What an exception says to a person. */
public final class FaultText {

    private FaultText() {}

    /** By itself; of a task that failed, what it failed of. */
    public static String alone(Throwable fault) {
        return switch (fault) {
            case ExecutionException e when e.getCause() != null -> alone(e.getCause());
            case IOException e -> FileFault.text(e);
            default -> String.valueOf(fault.getMessage());
        };
    }

    /** What a command prints in the place of its one object, where it has none: {@code reason} alone. */
    public static ObjectNode json(String reason) {
        return JsonNodeFactory.instance.objectNode().put("reason", reason);
    }

    /** And on further lines, what went wrong while its command was closed: there a server says what has ended it. */
    public static String of(Throwable fault) {
        StringBuilder text = new StringBuilder(alone(fault));
        for (Throwable further : fault.getSuppressed()) {
            text.append('\n').append(of(further));
        }
        return text.toString();
    }
}
