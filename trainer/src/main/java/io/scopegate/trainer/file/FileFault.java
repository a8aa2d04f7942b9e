package io.scopegate.trainer.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Optional;

/** What an exception of files and connections says to a person. */
public final class FileFault {

    private FileFault() {}

    /** Its message; where that is nothing but a file's name, what is wrong with it too; where it is none, the kind. */
    public static String text(IOException e) {
        String kind = e.getClass().getSimpleName();
        String message = e.getMessage();
        if (message == null) {
            return kind;
        }
        boolean fileAlone = e instanceof FileSystemException failed && failed.getReason() == null;
        return fileAlone ? reason(e).map(reason -> message + ": " + reason).orElse(kind + ": " + message) : message;
    }

    /** Of those kinds of exception by which alone the system says what is wrong. */
    private static Optional<String> reason(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> Optional.of("no such file or folder");
            case AccessDeniedException _ -> Optional.of("permission denied");
            case FileAlreadyExistsException _ -> Optional.of("is there already");
            case NotDirectoryException _ -> Optional.of("not a folder");
            case DirectoryNotEmptyException _ -> Optional.of("not an empty folder");
            default -> Optional.empty();
        };
    }
}
