package io.scopegate.audit;

import java.io.IOException;
import java.nio.file.Path;

/** Thrown when somebody else is writing to the log. */
public final class AuditInUseException extends IOException {

    private static final long serialVersionUID = 1;

    AuditInUseException(Path directory) {
        super(directory + ": another server writes to it");
    }
}
