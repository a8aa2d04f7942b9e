package io.scopegate.client;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads TLS files and checks their content, since the transport does not say which file it cannot use. */
final class PemFiles {
    private static final Pattern CERTIFICATE = block("(?:X509 |TRUSTED )?CERTIFICATE");
    private static final Pattern KEY = block("PRIVATE KEY");
    /** The key algorithms that the transport tries. */
    private static final List<String> KEY_ALGORITHMS = List.of("RSA", "DSA", "EC");

    private PemFiles() {}

    /**
     * Reads a file of one certificate or more.
     *
     * @throws UncheckedIOException if the file cannot be read or contains no valid certificates; its message names the
     *     file
     */
    static InputStream certificates(Path file) {
        return read(file, "certificates in PEM", CERTIFICATE, PemFiles::checkCertificate);
    }

    /**
     * Reads a file of one key.
     *
     * @throws UncheckedIOException if the file cannot be read or contains no key that the transport can use; its
     *     message names the file
     */
    static InputStream key(Path file) {
        return read(file, "a key in PEM (PKCS 8, not encrypted, RSA, DSA or EC)", KEY, PemFiles::checkKey);
    }

    private interface Check {
        void look(byte[] der) throws GeneralSecurityException;
    }

    private static InputStream read(Path file, String expected, Pattern block, Check check) {
        try {
            byte[] content = Files.readAllBytes(file);
            lookThrough(new String(content, StandardCharsets.ISO_8859_1), block, check);
            return new ByteArrayInputStream(content);
        } catch (NoSuchFileException e) {
            throw unusable(file, expected, new FileNotFoundException("no such file"));
        } catch (AccessDeniedException e) {
            throw unusable(file, expected, new IOException("permission denied", e));
        } catch (IOException e) {
            throw unusable(file, expected, e);
        }
    }

    private static void lookThrough(String content, Pattern block, Check check) throws IOException {
        Matcher blocks = block.matcher(content);
        if (!blocks.find()) {
            throw new IOException("the file contains none");
        }
        try {
            do {
                check.look(Base64.getMimeDecoder().decode(blocks.group(1)));
            } while (blocks.find());
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException("its content is damaged or of another kind", e);
        }
    }

    private static void checkCertificate(byte[] der) throws GeneralSecurityException {
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }

    private static void checkKey(byte[] der) throws GeneralSecurityException {
        GeneralSecurityException last = new GeneralSecurityException("unknown algorithm");
        for (String algorithm : KEY_ALGORITHMS) {
            try {
                KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
                return;
            } catch (GeneralSecurityException e) {
                last = e;
            }
        }
        throw last;
    }

    private static Pattern block(String kind) {
        return Pattern.compile("-----BEGIN " + kind + "-----([^-]*)-----END " + kind + "-----");
    }

    private static UncheckedIOException unusable(Path file, String expected, IOException cause) {
        return new UncheckedIOException("cannot read " + expected + " from " + file, cause);
    }
}
