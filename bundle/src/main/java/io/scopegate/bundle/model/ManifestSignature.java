package io.scopegate.bundle.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Base64;

/**
 * The signature that says who vouches for a model: Ed25519 over the bytes of {@code manifest.json}, which holds the
 * digests of all other files. It is stored beside the manifest in {@code manifest.sig}, as one line of base64. The
 * signature is not listed in the manifest's {@code files}, so a published version can be signed later without being
 * changed.
 */
public final class ManifestSignature {

    /** File name of the signature. */
    public static final String FILE = "manifest.sig";

    private static final int SIGNATURE_BYTES = 64;
    private static final int LARGEST_FILE_BYTES = 1024;

    private ManifestSignature() {}

    /**
     * Signs the manifest of a model directory. An existing signature is replaced.
     *
     * @param directory {@code .../NAME/VERSION}
     * @param key Ed25519, from {@link SigningKeys#readPrivate}
     * @throws IOException if the manifest cannot be read or the signature cannot be written; no half-written file is
     *     left
     * @throws IllegalArgumentException if the key is not an Ed25519 key
     */
    public static void sign(Path directory, PrivateKey key) throws IOException {
        byte[] manifest =
                RegularFile.read(directory.resolve(PublishedModel.MANIFEST), PublishedModel.LARGEST_MANIFEST_BYTES);
        String line = Base64.getEncoder().encodeToString(signature(manifest, key)) + "\n";
        Path draft = Files.createTempFile(directory, ".draft-", ".sig");
        try {
            Files.writeString(draft, line, StandardOpenOption.WRITE, StandardOpenOption.SYNC);
            ModelPublisher.makeReadable(draft);
            Files.move(draft, directory.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
            DiskFlush.flush(directory);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static byte[] signature(byte[] manifest, PrivateKey key) {
        Signature signer = ed25519();
        try {
            signer.initSign(key);
            signer.update(manifest);
            return signer.sign();
        } catch (InvalidKeyException | SignatureException e) {
            throw new IllegalArgumentException("an Ed25519 private key, not " + key.getAlgorithm(), e);
        }
    }

    /**
     * Verifies the signature of a model directory.
     *
     * @param directory {@code .../NAME/VERSION}
     * @param key Ed25519, from {@link SigningKeys#readPublic}
     * @throws ModelUnusableException if there is no signature, or none by this key over this manifest
     * @throws ModelUnreadableException if the manifest or the signature cannot be read at the moment
     */
    public static void verify(Path directory, PublicKey key) throws ModelUnusableException {
        verify(directory, PublishedModel.readManifest(directory), key);
    }

    /** Verifies the bytes that the caller has read, so that nobody can exchange the manifest in between. */
    static void verify(Path directory, byte[] manifest, PublicKey key) throws ModelUnusableException {
        Path file = directory.resolve(FILE);
        byte[] signature = read(file);
        Signature verifier = ed25519();
        try {
            verifier.initVerify(key);
            verifier.update(manifest);
            if (!verifier.verify(signature)) {
                throw new ModelUnusableException(file + ": does not match manifest.json and the configured public key");
            }
        } catch (GeneralSecurityException e) {
            throw new ModelUnusableException(file + ": cannot be verified: " + e.getMessage(), e);
        }
    }

    private static byte[] read(Path file) throws ModelUnusableException {
        if (Files.notExists(file)) {
            throw new ModelUnusableException(file + ": a signature, not absent");
        }
        byte[] content = PublishedModel.read(file, found -> RegularFile.read(found, LARGEST_FILE_BYTES));
        String line = new String(content, StandardCharsets.UTF_8).strip();
        byte[] signature;
        try {
            signature = Base64.getDecoder().decode(line);
        } catch (IllegalArgumentException e) {
            throw new ModelUnusableException(file + ": one line of base64, not other text", e);
        }
        if (signature.length != SIGNATURE_BYTES) {
            throw new ModelUnusableException(
                    file + ": " + SIGNATURE_BYTES + " bytes in base64, not " + signature.length);
        }
        return signature;
    }

    private static Signature ed25519() {
        try {
            return Signature.getInstance("Ed25519");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the Java platform has Ed25519 since 15", e);
        }
    }
}
