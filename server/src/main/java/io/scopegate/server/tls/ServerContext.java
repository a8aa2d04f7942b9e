package io.scopegate.server.tls;

import static java.util.Comparator.naturalOrder;

import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.scopegate.bundle.model.SigningKeys;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/**
 * The server's TLS context and the key and certificates that it was built from. It offers TLS 1.3 and 1.2 of the JDK,
 * and HTTP/2.
 *
 * @param netty the SSL context for connections
 * @param key of the first certificate of the chain
 * @param chain the server's own certificate, followed by those that vouch for it
 * @param clientAuthorities empty if clients need no certificate
 * @param trusted the client authorities that had not expired when this was built; Java itself would go on trusting an
 *     expired one
 */
record ServerContext(
        SslContext netty,
        PrivateKey key,
        List<X509Certificate> chain,
        List<X509Certificate> clientAuthorities,
        List<X509Certificate> trusted) {

    private static final ApplicationProtocolConfig HTTP_2 = new ApplicationProtocolConfig(
            Protocol.ALPN,
            SelectorFailureBehavior.NO_ADVERTISE,
            SelectedListenerFailureBehavior.ACCEPT,
            ApplicationProtocolNames.HTTP_2);

    private static final String PSS = "RSASSA-PSS";

    private static final PSSParameterSpec PSS_WITH_SHA256 =
            new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, PSSParameterSpec.TRAILER_FIELD_BC);

    /**
     * Builds a context from the files, after checking that they are complete and belong together.
     *
     * @param pems the contents of the files, apart from the key, which is read from its file
     * @param now decides which authorities have expired
     * @throws TlsFilesException if the files cannot be used
     */
    static ServerContext of(TlsFiles files, TlsPems pems, Instant now) throws TlsFilesException {
        List<X509Certificate> chain = certificates(files.certificate(), pems.certificate());
        PrivateKey key = key(files.key(), chain.getFirst().getPublicKey());
        requireKeyOf(chain.getFirst().getPublicKey(), key, files);
        List<X509Certificate> authorities = files.clientAuthorities() == null
                ? List.of()
                : certificates(files.clientAuthorities(), pems.clientAuthorities());
        return of(files, key, chain, authorities, now);
    }

    /**
     * Builds a context from the same key and certificates that trusts the authorities that have not expired now. Does
     * not look at the files, which may have changed since.
     */
    ServerContext asOf(TlsFiles files, Instant now) throws TlsFilesException {
        return of(files, key, chain, clientAuthorities, now);
    }

    private static ServerContext of(
            TlsFiles files, PrivateKey key, List<X509Certificate> chain, List<X509Certificate> authorities, Instant now)
            throws TlsFilesException {
        SslContextBuilder builder = SslContextBuilder.forServer(key, chain)
                .sslProvider(SslProvider.JDK)
                .protocols("TLSv1.3", "TLSv1.2")
                .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
                .applicationProtocolConfig(HTTP_2);
        List<X509Certificate> trusted = unexpired(authorities, now);
        if (files.clientAuthorities() != null) {
            builder.trustManager(trusted).clientAuth(ClientAuth.REQUIRE);
        }
        try {
            return new ServerContext(builder.build(), key, chain, authorities, trusted);
        } catch (SSLException e) {
            throw new TlsFilesException(files.certificate() + ": cannot be used: " + e.getMessage(), e);
        }
    }

    private static List<X509Certificate> unexpired(List<X509Certificate> authorities, Instant now) {
        return authorities.stream()
                .filter(each -> !each.getNotAfter().toInstant().isBefore(now))
                .toList();
    }

    /**
     * Returns whether this context trusts exactly the authorities that have not expired now. It does not if one has
     * expired since, or seemed to have expired because the clock was wrong.
     */
    boolean isAsOf(Instant now) {
        return trusted.equals(unexpired(clientAuthorities, now));
    }

    X509Certificate certificate() {
        return chain.getFirst();
    }

    /**
     * Returns when devices can no longer connect: as soon as any certificate of the chain has expired, or all of the
     * client authorities have. An expired authority may lie beside its successor for a while.
     *
     * @param files the files that this was built from
     */
    Expiry expiry(TlsFiles files) {
        Expiry own = new Expiry(
                files.certificate(), expiries(chain).min(naturalOrder()).orElseThrow());
        return files.clientAuthorities() == null
                ? own
                : own.orEarlier(new Expiry(
                        files.clientAuthorities(),
                        expiries(clientAuthorities).max(naturalOrder()).orElseThrow()));
    }

    private static Stream<Instant> expiries(List<X509Certificate> certificates) {
        return certificates.stream()
                .map(certificate -> certificate.getNotAfter().toInstant());
    }

    private static List<X509Certificate> certificates(Path file, String pem) throws TlsFilesException {
        try {
            List<X509Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(bytes(pem)).stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (certificates.isEmpty()) {
                throw new TlsFilesException(file + ": at least one certificate in PEM, not none");
            }
            return certificates;
        } catch (GeneralSecurityException e) {
            throw new TlsFilesException(file + ": certificates in PEM: " + e.getMessage(), e);
        }
    }

    private static PrivateKey key(Path file, PublicKey certified) throws TlsFilesException {
        try {
            return SigningKeys.readPrivate(file, certified.getAlgorithm());
        } catch (InvalidKeyException e) {
            throw new TlsFilesException(String.valueOf(e.getMessage()), e);
        }
    }

    private static void requireKeyOf(PublicKey certified, PrivateKey key, TlsFiles files) throws TlsFilesException {
        boolean belongs;
        try {
            Signature signature = signatureOf(certified);
            signature.initSign(key);
            signature.update((byte) 1);
            byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update((byte) 1);
            belongs = signature.verify(signed);
        } catch (GeneralSecurityException e) {
            belongs = false;
        }
        if (!belongs) {
            throw new TlsFilesException(files.key() + ": the key of " + files.certificate() + ", not another");
        }
    }

    private static Signature signatureOf(PublicKey key) throws GeneralSecurityException {
        String algorithm = key.getAlgorithm();
        Signature signature = Signature.getInstance(
                switch (algorithm) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> algorithm;
                });
        if (algorithm.equals(PSS)) {
            // This algorithm has no default parameters, and a key may be restricted to some.
            AlgorithmParameterSpec own = ((RSAKey) key).getParams();
            signature.setParameter(own == null ? PSS_WITH_SHA256 : own);
        }
        return signature;
    }

    private static ByteArrayInputStream bytes(String pem) {
        return new ByteArrayInputStream(pem.getBytes(StandardCharsets.ISO_8859_1));
    }
}
