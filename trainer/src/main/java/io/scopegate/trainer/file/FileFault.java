package io.scopegate.trainer.file;

import java.io.IOException;
import java.nio.file.FileSystemException;

/** What an exception of the file system says to a person. */
public final class FileFault {

    private FileFault() {}

    /** Its message; where that is nothing but a file's name, the kind of exception before it. */
    public static String text(IOException e) {
        boolean fileAlone = e instanceof FileSystemException failed && failed.getReason() == null;
        return fileAlone ? e.getClass().getSimpleName() + ": " + e.getMessage() : String.valueOf(e.getMessage());
    }
}
