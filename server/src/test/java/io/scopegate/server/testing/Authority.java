package io.scopegate.server.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate authority for tests. Its certificates are valid for an hour before and an hour after the time they are
 * issued for. All keys are made anew in each run.
 */
public final class Authority {

    private static final AtomicLong SERIAL = new AtomicLong();
    private static final Duration VALIDITY = Duration.ofHours(1);

    private final X500Principal name;
    private final KeyPair keys = newKeys();
    private final X509Certificate certificate;

    public Authority(String name) {
        this.name = new X500Principal("CN=" + name);
        this.certificate = sign(this.name, keys, Instant.now(), true);
    }

    /**
     * A certificate and its key, in PEM.
     *
     * @param certificate valid for {@code localhost}, among others
     */
    public record Identity(String certificate, String key) {

        /** Writes both files atomically, each by moving it into place, the key first. */
        public void write(Path certificateFile, Path keyFile) {
            replace(keyFile, key);
            replace(certificateFile, certificate);
        }
    }

    /** Issues a certificate to this name, such as {@code CN=camera, OU=devices}. */
    public Identity issue(String distinguishedName) {
        return issue(distinguishedName, Instant.now());
    }

    /** Issues a certificate that has expired. */
    public Identity issueExpired(String distinguishedName) {
        return issue(distinguishedName, Instant.now().minus(VALIDITY.multipliedBy(3)));
    }

    /** Issues a certificate for this key. */
    public Identity issue(String distinguishedName, KeyPair subject) {
        return issue(distinguishedName, subject, Instant.now());
    }

    private Identity issue(String distinguishedName, Instant around) {
        return issue(distinguishedName, newKeys(), around);
    }

    private Identity issue(String distinguishedName, KeyPair subject, Instant around) {
        X509Certificate issued = sign(new X500Principal(distinguishedName), subject, around, false);
        return new Identity(pem(issued), pem(subject.getPrivate()));
    }

    /** Returns the authority's own certificate, in PEM. */
    public String pem() {
        return pem(certificate);
    }

    public static void replace(Path file, String content) {
        try {
            Path beside = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), content);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private X509Certificate sign(X500Principal subject, KeyPair subjectKeys, Instant around, boolean authority) {
        try {
            var builder = new JcaX509v3CertificateBuilder(
                    name,
                    BigInteger.valueOf(SERIAL.incrementAndGet()),
                    Date.from(around.minus(VALIDITY)),
                    Date.from(around.plus(VALIDITY)),
                    subject,
                    subjectKeys.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            builder.addExtension(Extension.subjectAlternativeName, false, loopback());
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (CertIOException | OperatorCreationException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static GeneralNames loopback() {
        return new GeneralNames(new GeneralName[] {
            new GeneralName(GeneralName.dNSName, "localhost"), new GeneralName(GeneralName.iPAddress, "127.0.0.1")
        });
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(X509Certificate certificate) {
        try {
            return pem("CERTIFICATE", certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(PrivateKey key) {
        return pem("PRIVATE KEY", key.getEncoded());
    }

    private static String pem(String kind, byte[] der) {
        String base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der);
        return "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n";
    }
}
