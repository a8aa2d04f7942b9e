package io.scopegate.trainer.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Says why there is no file at a path. */
public final class MissingFile {

    private MissingFile() {}

    /**
     * Returns a message that names the path and, if it is a symbolic link, where the link leads. People see such a link
     * in its folder and would not understand that it is no file.
     */
    public static String text(Path file) {
        try {
            if (Files.isSymbolicLink(file)) {
                return file + " is a link to " + Files.readSymbolicLink(file) + ", which does not exist";
            }
        } catch (IOException unreadable) {
            // The link has been removed in between, or its target is secret: nothing more is known.
        }
        return file + ": no such file";
    }
}
