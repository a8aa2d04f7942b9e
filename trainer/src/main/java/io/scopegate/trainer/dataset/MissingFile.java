package io.scopegate.trainer.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Says why there is no file at a path. */
public final class MissingFile {

    private MissingFile() {}

    /** Returns whether this is a symbolic link that leads nowhere. */
    static boolean isBrokenLink(Path file) {
        return Files.isSymbolicLink(file) && !Files.exists(file);
    }

    /**
     * Returns a message that names the path and, if it is a broken link, where the link leads. People see such a link
     * in its folder and would not understand that it is no file.
     */
    public static String text(Path file) {
        if (Files.isDirectory(file)) {
            return file + ": is a directory";
        }
        try {
            if (isBrokenLink(file)) {
                return file + " is a link to " + Files.readSymbolicLink(file)
                        + (Files.notExists(file) ? ", which does not exist" : ", which cannot be reached");
            }
        } catch (IOException unreadable) {
            // The link has been removed in between, or its target is secret: nothing more is known.
        }
        return file + ": no such file";
    }
}
