package io.scopegate.server.tls;

import io.netty.handler.ssl.SslContext;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Keeps the current files in use. Files that do not make a server, half-written ones among them, change nothing. One
 * thread looks; any may use the context.
 */
final class TlsReload {

    private static final Logger LOG = Logger.getLogger(TlsReload.class);

    private final TlsFiles files;
    private final CurrentContext context;
    private TlsPems seen;

    /**
     * Reads the files.
     *
     * @throws TlsFilesException if they do not make a server
     */
    TlsReload(TlsFiles files) throws TlsFilesException {
        this.files = files;
        this.seen = TlsPems.read(files);
        ServerContext first = ServerContext.of(files, seen);
        this.context = new CurrentContext(first.netty());
        report(first);
        try {
            first.certificate().checkValidity();
        } catch (CertificateExpiredException | CertificateNotYetValidException e) {
            // Perhaps it is the clock that is wrong, and clients decide for themselves.
            LOG.warnf("TLS: %s is not valid now: %s", files.certificate(), e.getMessage());
        }
    }

    SslContext context() {
        return context;
    }

    /** Takes up files that have changed since the last look, or says why not. */
    void look() {
        try {
            TlsPems pems = TlsPems.read(files);
            if (!pems.equals(seen)) {
                seen = pems;
                take(ServerContext.of(files, pems));
            }
        } catch (TlsFilesException e) {
            LOG.warnf("TLS: the certificates from before are kept: %s", e.getMessage());
        }
    }

    private void take(ServerContext next) throws TlsFilesException {
        try {
            next.certificate().checkValidity();
        } catch (CertificateExpiredException | CertificateNotYetValidException e) {
            throw new TlsFilesException(files.certificate() + ": valid now, not: " + e.getMessage(), e);
        }
        context.exchange(next.netty());
        report(next);
    }

    private static void report(ServerContext now) {
        X509Certificate certificate = now.certificate();
        LOG.infof(
                "TLS: certificate of %s until %s; clients need one of %s",
                certificate.getSubjectX500Principal(),
                certificate.getNotAfter().toInstant(),
                now.clientAuthorities().isEmpty() ? "nobody" : names(now.clientAuthorities()));
    }

    private static List<String> names(List<X509Certificate> certificates) {
        return certificates.stream()
                .map(certificate -> certificate.getSubjectX500Principal().getName())
                .toList();
    }
}
