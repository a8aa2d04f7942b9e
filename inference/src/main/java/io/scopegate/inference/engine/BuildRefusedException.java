package io.scopegate.inference.engine;

import java.io.IOException;
import java.io.Serial;

/** Thrown when an engine is not built now because building it has ended the process before. */
public final class BuildRefusedException extends IOException {

    @Serial
    private static final long serialVersionUID = 1;

    BuildRefusedException(String message) {
        super(message);
    }
}
