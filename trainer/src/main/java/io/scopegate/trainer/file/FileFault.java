package io.scopegate.trainer.file;

import java.io.IOException;
import java.nio.file.FileSystemException;

/** What an exception of files and connections says to a person. */
public final class FileFault {

    private FileFault() {}

    /** Its message; where that is nothing but a file's name, the kind of exception before it; where it is none, the kind. */
    public static String text(IOException e) {
        String kind = e.getClass().getSimpleName();
        String message = e.getMessage();
        if (message == null) {
            return kind;
        }
        boolean fileAlone = e instanceof FileSystemException failed && failed.getReason() == null;
        return fileAlone ? kind + ": " + message : message;
    }
}
