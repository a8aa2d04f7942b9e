package io.scopegate.server.tls;

/** Thrown if certificate files cannot be used. The message names the file and reveals nothing of a key. */
final class TlsFilesException extends Exception {

    private static final long serialVersionUID = 1;

    TlsFilesException(String message) {
        super(message);
    }

    TlsFilesException(String message, Throwable cause) {
        super(message, cause);
    }
}
