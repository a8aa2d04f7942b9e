package io.scopegate.bundle.model;

import io.scopegate.bundle.file.FileFault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * Reads keys from PEM files. Keys for models are Ed25519, as {@code openssl genpkey -algorithm ed25519} and
 * {@code openssl pkey -pubout} write them.
 */
public final class SigningKeys {

    private static final String ED25519 = "Ed25519";
    private static final int LARGEST_KEY_BYTES = 1 << 14;

    private SigningKeys() {}

    /** Converts the DER bytes of one kind of key to a key. */
    private interface KeyReader<K> {
        K read(byte[] der) throws InvalidKeySpecException;
    }

    /**
     * Reads the private key that signs models: Ed25519, PKCS#8, not encrypted.
     *
     * @throws InvalidKeyException naming the file and what is wrong with it
     */
    public static PrivateKey readPrivate(Path pem) throws InvalidKeyException {
        return readPrivate(pem, ED25519);
    }

    /**
     * Reads a private key of any algorithm: PKCS#8, not encrypted.
     *
     * @param algorithm as the Java platform calls it, such as {@code RSA} or {@code EC}
     * @throws InvalidKeyException naming the file and what is wrong with it
     */
    public static PrivateKey readPrivate(Path pem, String algorithm) throws InvalidKeyException {
        return read(
                pem, algorithm, "PRIVATE KEY", der -> factory(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der)));
    }

    /**
     * Reads the public key that verifies models: Ed25519, X.509 SubjectPublicKeyInfo.
     *
     * @throws InvalidKeyException naming the file and what is wrong with it
     */
    public static PublicKey readPublic(Path pem) throws InvalidKeyException {
        return read(pem, ED25519, "PUBLIC KEY", der -> factory(ED25519).generatePublic(new X509EncodedKeySpec(der)));
    }

    private static <K> K read(Path pem, String algorithm, String kind, KeyReader<K> reader) throws InvalidKeyException {
        String text = content(pem).strip();
        String begin = "-----BEGIN " + kind + "-----";
        String end = "-----END " + kind + "-----";
        if (!text.startsWith(begin) || !text.endsWith(end) || text.length() < begin.length() + end.length()) {
            throw new InvalidKeyException(pem + ": a PEM file with one " + kind + ", not " + firstLine(text));
        }
        String base64 = text.substring(begin.length(), text.length() - end.length());
        try {
            return reader.read(Base64.getMimeDecoder().decode(base64));
        } catch (InvalidKeySpecException | IllegalArgumentException e) {
            throw new InvalidKeyException(
                    pem + ": a " + kind + " of " + algorithm + ", not one of another algorithm or a damaged one", e);
        }
    }

    /**
     * Reads the file without requiring a regular one: a key may come through a pipe, so that it is never stored on
     * disk.
     */
    private static byte[] read(Path pem) throws IOException, InvalidKeyException {
        try (InputStream in = Files.newInputStream(pem)) {
            byte[] content = in.readNBytes(LARGEST_KEY_BYTES + 1);
            if (content.length > LARGEST_KEY_BYTES) {
                long bytes = Math.max(Files.size(pem), content.length);
                throw new InvalidKeyException(pem + ": at most " + LARGEST_KEY_BYTES + " bytes, not " + bytes);
            }
            return content;
        }
    }

    private static String content(Path pem) throws InvalidKeyException {
        try {
            return new String(read(pem), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new InvalidKeyException(pem + ": cannot be read: " + FileFault.reason(pem, e), e);
        }
    }

    /** Returns the first line if it is a PEM header, for messages. Anything else might be the secret itself. */
    private static String firstLine(String text) {
        String first = text.lines().findFirst().orElse("");
        return first.startsWith("-----BEGIN ") ? first : "something else";
    }

    private static KeyFactory factory(String algorithm) throws InvalidKeySpecException {
        try {
            return KeyFactory.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new InvalidKeySpecException(e.getMessage(), e);
        }
    }
}
