package io.scopegate.server.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The contents of the certificate files at one moment. Comparing two shows whether the files have changed.
 *
 * @param clientAuthorities empty if clients need no certificate
 */
record TlsPems(String certificate, String key, String clientAuthorities) {

    private static final long LARGEST_BYTES = 1 << 20;

    static TlsPems read(TlsFiles files) throws TlsFilesException {
        return new TlsPems(
                content(files.certificate()),
                content(files.key()),
                files.clientAuthorities() == null ? "" : content(files.clientAuthorities()));
    }

    private static String content(Path file) throws TlsFilesException {
        try {
            if (Files.size(file) > LARGEST_BYTES) {
                throw new TlsFilesException(file + ": at most " + LARGEST_BYTES + " bytes, not " + Files.size(file));
            }
            // PEM is ASCII. Other bytes can only be in comments, and must not make the reading fail, as they might in
            // UTF-8.
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new TlsFilesException(file + ": cannot be read: no such file", e);
        } catch (IOException e) {
            throw new TlsFilesException(file + ": cannot be read: " + e, e);
        }
    }

    /** Does not contain the key. */
    @Override
    public String toString() {
        return "TlsPems";
    }
}
