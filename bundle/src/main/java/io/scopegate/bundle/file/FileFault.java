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

/** Turns exceptions of files and connections into messages for people: the file and the reason. */
public final class FileFault {

    /** The system's message when a folder is read like a file. */
    private static final String FOLDER = "Is a directory";

    private FileFault() {}

    /**
     * Returns the exception's message, or a reason derived from its type if the message is missing or says nothing to
     * people. If the message is only a file's name, the reason is appended.
     */
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

    /** Returns the same text, preceded by the file's name unless it begins with that already. */
    public static String text(Path file, IOException e) {
        String text = text(e);
        return text.startsWith(file + ": ") ? text : file + ": " + text;
    }

    /** Returns the same text without the file's name in front, for a line that already begins with it. */
    public static String reason(Path file, IOException e) {
        String text = text(e);
        String named = file + ": ";
        return text.startsWith(named) ? text.substring(named.length()) : text;
    }

    /** Derives the reason from the exception's type, for exceptions that say nothing else. */
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
