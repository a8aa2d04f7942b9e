package io.scopegate.bundle.file;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.CharacterCodingException;
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

    /** Its message; where that is absent or nothing but a file's name, what is wrong, too. */
    public static String text(IOException e) {
        String message = e.getMessage();
        if (message == null || e instanceof CharacterCodingException) {
            return reason(e);
        }
        if (e instanceof FileSystemException failed && failed.getReason() == null) {
            return message + ": " + reason(e);
        }
        return message.equals(FOLDER) ? "is a directory" : message;
    }

    /** The same, with the name of the file, unless that is there already. */
    public static String text(Path file, IOException e) {
        String text = text(e);
        return text.startsWith(file + ": ") ? text : file + ": " + text;
    }

    /** The same, for a line that begins with this file. */
    public static String reason(Path file, IOException e) {
        String text = text(e);
        String named = file + ": ";
        return text.startsWith(named) ? text.substring(named.length()) : text;
    }

    /** Some kinds of exception are all that the system says. */
    private static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "no such file or folder";
            case AccessDeniedException _ -> "permission denied";
            case FileAlreadyExistsException _ -> "already exists";
            case NotDirectoryException _ -> "not a folder";
            case DirectoryNotEmptyException _ -> "the folder is not empty";
            case FileSystemLoopException _ -> "a symbolic link to a folder that it is in";
            case CharacterCodingException _ -> "not UTF-8 text";
            case EOFException _ -> "unexpected end of the file";
            case ConnectException _ -> "cannot connect";
            default -> "input/output error";
        };
    }
}
