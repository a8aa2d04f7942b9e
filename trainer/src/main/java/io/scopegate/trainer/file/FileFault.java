package io.scopegate.trainer.file;

import java.io.IOException;

/** What an exception of files and connections says to a person, in the words of all modules. */
public final class FileFault {

    private FileFault() {}

    /** As {@link io.scopegate.bundle.file.FileFault#text}. */
    public static String text(IOException e) {
        return io.scopegate.bundle.file.FileFault.text(e);
    }
}
