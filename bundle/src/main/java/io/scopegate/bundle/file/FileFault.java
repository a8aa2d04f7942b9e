package io.scopegate.bundle.file;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** What an exception of files and connections says to a person: the file and the reason. */
public final class FileFault {

    /** What the system says of a folder that is read like a file. */
    private static final String FOLDER = "Is a directory";

    private FileFault() {}

    /** Its message; where that is nothing but a file's name, what is wrong with it too; where it is none, the kind. */
    public static String text(IOException e) {
        String message = e.getMessage();
        if (message == null) {
            return e instanceof ConnectException
                    ? "cannot connect"
                    : e.getClass().getSimpleName();
        }
        boolean fileAlone = e instanceof FileSystemException failed && failed.getReason() == null;
        if (fileAlone) {
            return message + ": " + reason(e);
        }
        return message.equals(FOLDER) ? "is a directory" : message;
    }

    /** The same, for a line that begins with this file. */
    public static String reason(Path file, IOException e) {
        String text = text(e);
        String named = file + ": ";
        return text.startsWith(named) ? text.substring(named.length()) : text;
    }

    /** Of those kinds of exception by which alone the system says what is wrong. */
    private static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "no such file or folder";
            case AccessDeniedException _ -> "permission denied";
            case FileAlreadyExistsException _ -> "is there already";
            case NotDirectoryException _ -> "not a folder";
            case DirectoryNotEmptyException _ -> "not an empty folder";
            case FileSystemLoopException _ -> "symbolic link loop";
            default -> "file system error";
        };
    }
}
