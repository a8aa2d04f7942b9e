package io.scopegate.server.tls;

/** Files that do not make a server. The message names the file, and shows nothing of a key. */
final class TlsFilesException extends Exception {

    private static final long serialVersionUID = 1;

    TlsFilesException(String message) {
        super(message);
    }

    TlsFilesException(String message, Throwable cause) {
        super(message, cause);
    }
}
