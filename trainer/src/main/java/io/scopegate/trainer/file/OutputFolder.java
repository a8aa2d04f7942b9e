package io.scopegate.trainer.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Checks an output folder before the work whose results it is to receive. */
public final class OutputFolder {

    private OutputFolder() {}

    /**
     * Refuses a path that is not a writable folder and cannot become one, because its nearest existing ancestor is not
     * a writable folder. Callers check before they start the work, so that a wrong path fails at once and not after the
     * work. Creates nothing.
     *
     * @param setting setting or option that names the folder
     * @throws IOException if the folder is refused; the message has the setting and what is in the way
     */
    public static void require(Path folder, String setting) throws IOException {
        Path nearest = folder.toAbsolutePath().normalize();
        while (!Files.exists(nearest) && nearest.getParent() != null) {
            nearest = nearest.getParent();
        }
        if (!Files.isDirectory(nearest) || !Files.isWritable(nearest)) {
            throw new IOException(setting + ": not a folder that can be written to: " + nearest);
        }
    }
}
