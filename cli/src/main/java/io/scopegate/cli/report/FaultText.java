package io.scopegate.cli.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scopegate.bundle.file.FileFault;
import java.io.IOException;
import java.util.concurrent.ExecutionException;

/** Turns exceptions into text for humans. */
public final class FaultText {

    private FaultText() {}

    /** Returns the text of this exception alone; of an {@link ExecutionException}, that of its cause. */
    public static String alone(Throwable fault) {
        return switch (fault) {
            case ExecutionException e when e.getCause() != null -> alone(e.getCause());
            case IOException e -> FileFault.text(e);
            default -> String.valueOf(fault.getMessage());
        };
    }

    /** Returns the object that a command prints when it has failed, with {@code reason} alone. */
    public static ObjectNode json(String reason) {
        return JsonNodeFactory.instance.objectNode().put("reason", reason);
    }

    /**
     * Returns the text of this exception and, on further lines, of those suppressed while its command was closed:
     * there a server says what has ended it.
     */
    public static String of(Throwable fault) {
        StringBuilder text = new StringBuilder(alone(fault));
        for (Throwable further : fault.getSuppressed()) {
            text.append('\n').append(of(further));
        }
        return text.toString();
    }
}
