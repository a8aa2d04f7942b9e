package io.scopegate.server.tls;

import io.netty.handler.ssl.SslContext;
import io.scopegate.server.frame.ServerClock;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Takes up changed certificate files. Files that cannot be used, half-written ones among them, change nothing. Only one
 * thread may call {@link #look()}; the context may be used by any.
 */
final class TlsReload {

    private static final Logger LOG = Logger.getLogger(TlsReload.class);

    /** How long before expiry warnings begin: enough time to obtain a new certificate. */
    private static final int WARNED_DAYS = 30;

    private final TlsFiles files;
    private final ServerClock clock;
    private final CurrentContext context;
    private TlsPems inUse;
    private ServerContext current;
    private String lastRefusal = "";
    private volatile Expiry expiry;
    private long warnedOfDays = Long.MAX_VALUE;

    /**
     * Reads the files.
     *
     * @param clock decides whether a certificate is valid
     * @throws TlsFilesException if they cannot be used
     */
    TlsReload(TlsFiles files, ServerClock clock) throws TlsFilesException {
        this.files = files;
        this.clock = clock;
        this.inUse = TlsPems.read(files);
        ServerContext first = ServerContext.of(files, inUse, clock.wallTime());
        this.current = first;
        this.context = new CurrentContext(first.netty());
        this.expiry = first.expiry(files);
        report(first);
        warnOfInvalid(first.chain());
        warnOfExpiry();
    }

    SslContext context() {
        return context;
    }

    Expiry expiry() {
        return expiry;
    }

    /**
     * Checks the files and takes them up if they have changed. If they cannot be used, logs why, once for each reason
     * in a row. They are tried again at each check: a certificate may become valid, and a file may become readable.
     */
    void look() {
        try {
            TlsPems pems = TlsPems.read(files);
            if (!pems.equals(inUse)) {
                take(ServerContext.of(files, pems, clock.wallTime()));
                inUse = pems;
            }
            lastRefusal = "";
        } catch (TlsFilesException e) {
            refuse(String.valueOf(e.getMessage()), null);
        } catch (RuntimeException | Error e) {
            refuse(e.toString(), e);
        }
        trustUnexpired();
        warnOfExpiry();
    }

    /**
     * Replaces the context if the set of unexpired client authorities has changed, even if the files have not: clients
     * of an expired authority are no longer let in.
     */
    private void trustUnexpired() {
        Instant now = clock.wallTime();
        if (!current.isAsOf(now)) {
            try {
                use(current.asOf(files, now));
            } catch (TlsFilesException e) {
                throw new IllegalStateException("the certificates in use cannot be used any more", e);
            }
        }
    }

    private void use(ServerContext next) {
        context.exchange(next.netty());
        current = next;
    }

    /** Warns, once a day, of certificates that expire soon or have expired. */
    private void warnOfExpiry() {
        long days = Math.floorDiv(expiry.left(clock.wallTime()).toSeconds(), TimeUnit.DAYS.toSeconds(1));
        if (days < WARNED_DAYS && days != warnedOfDays) {
            LOG.warn(
                    days < 0
                            ? "TLS: " + expiry.file() + " has expired at " + expiry.at()
                                    + "; devices can no longer connect"
                            : "TLS: " + expiry.file() + " expires in " + days + " days, at " + expiry.at()
                                    + "; devices cannot connect after that");
        }
        warnedOfDays = days;
    }

    private void refuse(String reason, @Nullable Throwable fault) {
        if (!reason.equals(lastRefusal)) {
            LOG.warn("TLS: cannot use the certificate files, keeping the previous certificates: " + reason, fault);
        }
        lastRefusal = reason;
    }

    private void requireValid(X509Certificate certificate) throws TlsFilesException {
        try {
            certificate.checkValidity(Date.from(clock.wallTime()));
        } catch (CertificateExpiredException | CertificateNotYetValidException e) {
            throw new TlsFilesException(
                    files.certificate() + ": " + certificate.getSubjectX500Principal() + ": not valid now: "
                            + e.getMessage(),
                    e);
        }
    }

    /**
     * Warns of certificates that are not valid now. They are used nevertheless: the clock may be wrong, and clients may
     * verify the server's certificate by another path than through the certificates that follow it.
     */
    private void warnOfInvalid(List<X509Certificate> shown) {
        for (X509Certificate certificate : shown) {
            try {
                requireValid(certificate);
            } catch (TlsFilesException e) {
                LOG.warnf("TLS: using the certificate anyway: %s", e.getMessage());
            }
        }
    }

    private void take(ServerContext next) throws TlsFilesException {
        requireValid(next.certificate());
        use(next);
        expiry = next.expiry(files);
        report(next);
        warnOfInvalid(next.chain());
    }

    private static void report(ServerContext now) {
        X509Certificate certificate = now.certificate();
        LOG.infof(
                "TLS: certificate of %s, valid until %s; client certificates: %s",
                certificate.getSubjectX500Principal(),
                certificate.getNotAfter().toInstant(),
                now.clientAuthorities().isEmpty()
                        ? "not required"
                        : "required, issued by one of " + names(now.clientAuthorities()));
    }

    private static List<String> names(List<X509Certificate> certificates) {
        return certificates.stream()
                .map(certificate -> certificate.getSubjectX500Principal().getName())
                .toList();
    }
}
