package io.scopegate.bundle.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestSignatureTest {

    /** The first test vector of RFC 8032: secret key, public key and the signature of the empty message. */
    private static final String RFC_PRIVATE = "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g";

    private static final String RFC_PUBLIC = "MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
    private static final String RFC_SIGNATURE =
            "5VZDAMNgrHKQhuLMgG6CioSHfx645dl02HPgZSJJAVVfuIIVkKM7rMYeOXAc+bRr0lv18FlbviRlUUFDjnoQCw==";

    @TempDir
    Path directory;

    private final KeyPair keys = newKeys("Ed25519");

    @BeforeEach
    void writeManifest() throws IOException {
        Files.writeString(directory.resolve("manifest.json"), "{\"name\":\"inbody\"}");
    }

    @Test
    void validSignatureIsVerified() throws Exception {
        ManifestSignature.sign(directory, keys.getPrivate());

        assertThatCode(() -> ManifestSignature.verify(directory, keys.getPublic()))
                .doesNotThrowAnyException();
        assertThat(directory.resolve("manifest.sig")).content().matches("[A-Za-z0-9+/]{86}==\n");
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).hasSize(2);
        }
    }

    @Test
    void keysAndSignatureMatchTheRfc8032TestVector() throws Exception {
        Files.write(directory.resolve("manifest.json"), new byte[0]);
        Path privateKey = pem("PRIVATE KEY", RFC_PRIVATE);
        Path publicKey = pem("PUBLIC KEY", RFC_PUBLIC);

        ManifestSignature.sign(directory, SigningKeys.readPrivate(privateKey));

        assertThat(directory.resolve("manifest.sig")).content().isEqualTo(RFC_SIGNATURE + "\n");
        ManifestSignature.verify(directory, SigningKeys.readPublic(publicKey));
    }

    @Test
    void aChangedManifestIsRefused() throws Exception {
        ManifestSignature.sign(directory, keys.getPrivate());
        Files.writeString(directory.resolve("manifest.json"), "{\"name\":\"inbodY\"}");

        assertRefused("manifest.sig: does not match manifest.json and the configured public key");
    }

    @Test
    void anotherKeysSignatureIsRefused() throws Exception {
        ManifestSignature.sign(directory, newKeys("Ed25519").getPrivate());

        assertRefused("does not match manifest.json and the configured public key");
    }

    @Test
    void aMissingSignatureIsNamed() {
        assertRefused("manifest.sig: a signature, not absent");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no base64! | one line of base64, not other text",
                "AAAA | 64 bytes in base64, not 3",
                "'' | 64 bytes"
            })
    void aMalformedSignatureIsNamed(String content, String message) throws Exception {
        Files.writeString(directory.resolve("manifest.sig"), content);

        assertRefused(message);
    }

    @Test
    void anOversizedSignatureIsNotRead() throws Exception {
        Files.write(directory.resolve("manifest.sig"), new byte[2000]);

        assertRefused("manifest.sig: at most 1024 bytes, not 2000");
    }

    /** A file in /proc holds more than its size says, like a file that grows while it is read. */
    @Test
    void signatureFileIsReadOnlyUpToItsLimit() throws Exception {
        Path memory = Path.of("/proc/self/maps");
        assertThat(Files.size(memory)).isZero();
        Files.createSymbolicLink(directory.resolve("manifest.sig"), memory);

        assertRefused("manifest.sig: at most 1024 bytes, not 1025");
    }

    @Test
    void theSignatureIsCheckedBeforeTheManifestIsRead() throws Exception {
        ManifestSignature.sign(directory, newKeys("Ed25519").getPrivate());

        assertThatThrownBy(() -> PublishedModel.open(directory, keys.getPublic()))
                .isInstanceOf(ModelUnusableException.class)
                .hasMessageContaining("manifest.sig");
    }

    @Test
    void aMissingKeyFileIsNamed() {
        assertThatThrownBy(() -> SigningKeys.readPublic(directory.resolve("none.pem")))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessage(directory.resolve("none.pem") + ": cannot be read: no such file or folder");
    }

    @Test
    void aFolderInPlaceOfTheKeyIsNamed() {
        assertThatThrownBy(() -> SigningKeys.readPublic(directory))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessage(directory + ": cannot be read: is a directory");
    }

    @Test
    void aDeviceThatNeverEndsIsNoKey() {
        assertThatThrownBy(() -> SigningKeys.readPublic(Path.of("/dev/zero")))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessage("/dev/zero: at most 16384 bytes, not 16385");
    }

    @Test
    void privateKeyInPlaceOfThePublicKeyIsReported() throws Exception {
        Path secret = pem("PRIVATE KEY", RFC_PRIVATE);

        assertThatThrownBy(() -> SigningKeys.readPublic(secret))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessageContaining("a PEM file with one PUBLIC KEY, not -----BEGIN PRIVATE KEY-----");
    }

    @Test
    void aKeyOfAnotherKindIsRefused() throws Exception {
        Path key = pem("PUBLIC KEY", base64(newKeys("X25519").getPublic()));

        assertThatThrownBy(() -> SigningKeys.readPublic(key))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessage(key + ": a PUBLIC KEY of Ed25519, not one of another algorithm or a damaged one");
    }

    @Test
    void aDamagedKeyIsRefusedWithoutShowingIt() throws Exception {
        Path bare = Files.writeString(directory.resolve("bare.pem"), RFC_PRIVATE);

        assertThatThrownBy(() -> SigningKeys.readPrivate(bare))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessageContaining("a PEM file with one PRIVATE KEY")
                .hasMessageNotContaining(RFC_PRIVATE);
        assertThatThrownBy(() -> SigningKeys.readPrivate(pem("PRIVATE KEY", "AAAA")))
                .isInstanceOf(InvalidKeyException.class);
    }

    private void assertRefused(String message) {
        assertThatThrownBy(() -> ManifestSignature.verify(directory, keys.getPublic()))
                .isInstanceOf(ModelUnusableException.class)
                .hasMessageContaining(message);
    }

    private Path pem(String kind, String base64) throws IOException {
        return Files.writeString(
                directory.resolve(kind.replace(' ', '-') + ".pem"),
                "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n");
    }

    private static String base64(Key key) {
        return Base64.getEncoder().encodeToString(key.getEncoded());
    }

    private static KeyPair newKeys(String algorithm) {
        try {
            return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
