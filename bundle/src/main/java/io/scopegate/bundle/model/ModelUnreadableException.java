package io.scopegate.bundle.model;

import io.scopegate.bundle.file.FileFault;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Thrown when a file of a model directory cannot be read, for example because a permission is missing, a network file
 * system is gone, or no file descriptor is left. The model must not be served as it is, but may become readable later
 * although nothing in it changes.
 */
public final class ModelUnreadableException extends ModelUnusableException {

    private static final long serialVersionUID = 1;

    /** Creates an exception whose message names the file and the fault. */
    public ModelUnreadableException(Path file, IOException fault) {
        super(file + ": cannot be read: " + FileFault.reason(file, fault), fault);
    }
}
