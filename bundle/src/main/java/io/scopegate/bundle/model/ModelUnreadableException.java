package io.scopegate.bundle.model;

import io.scopegate.bundle.file.FileFault;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A model directory of which a file cannot be read: for want of a right, of a network file system, of a descriptor. It
 * must not be served as it is, but may be read later although nothing in it changes.
 */
public final class ModelUnreadableException extends ModelUnusableException {

    private static final long serialVersionUID = 1;

    /** The message names the file and the fault. */
    public ModelUnreadableException(Path file, IOException fault) {
        super(file + ": cannot be read: " + FileFault.reason(file, fault), fault);
    }
}
