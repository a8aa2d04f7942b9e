package io.scopegate.trainer.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder that files will be written to once they have been worked for. */
public final class FolderToBe {

    private FolderToBe() {}

    /**
     * Refuses a place where there is no such folder, and none can be made: callers ask before the work, so that nobody
     * waits for a refusal.
     *
     * @param setting that names the folder
     * @throws IOException with that, and what is there
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
