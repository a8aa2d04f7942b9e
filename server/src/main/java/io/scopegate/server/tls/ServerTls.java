package io.scopegate.server.tls;

import io.netty.handler.ssl.SslContext;
import io.scopegate.server.frame.ServerClock;
import io.scopegate.server.infer.OngoingFault;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The transport security of the gRPC service: plain text, TLS or mutual TLS, whichever is configured. Owns the thread
 * that checks the certificate files for changes.
 */
public final class ServerTls implements AutoCloseable {

    private final TlsSettings settings;
    private final @Nullable TlsReload reload;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final OngoingFault notLookedAt =
            OngoingFault.of(ServerTls.class, "TLS: failed to check the certificate files for changes, will retry");

    /**
     * Reads the certificate files, if there are any.
     *
     * @param clock decides whether a certificate is valid
     * @throws IllegalArgumentException if a file cannot be used; names the file and the reason
     */
    public ServerTls(TlsSettings settings, ServerClock clock) {
        this.settings = settings;
        try {
            this.reload = settings.files() == null ? null : new TlsReload(settings.files(), clock);
        } catch (TlsFilesException e) {
            throw new IllegalArgumentException("scopegate.tls: " + e.getMessage(), e);
        }
    }

    /**
     * Returns the context for all connections, or null for plain text. It protects each new connection with the
     * certificates that are in use at that moment.
     */
    public @Nullable SslContext context() {
        return reload == null ? null : reload.context();
    }

    /** Returns whether clients must present a certificate. */
    public boolean mutual() {
        return settings.files() != null && settings.files().clientAuthorities() != null;
    }

    /** Returns how connections are protected, for messages. */
    public String protection() {
        if (settings.files() == null) {
            return "in plain text";
        }
        return mutual() ? "by mutual TLS" : "by TLS, without client certificates";
    }

    /** Returns when the certificates in use expire, or null for plain text. */
    public @Nullable Expiry expiry() {
        return reload == null ? null : reload.expiry();
    }

    /** Starts checking the files for changes, if there are files. To be called once. */
    public void start() {
        if (reload != null) {
            Thread.ofPlatform().daemon().name("certificates").start(() -> watch(reload, settings.reloadInterval()));
        }
    }

    private void watch(TlsReload files, Duration interval) {
        try {
            while (!closed.await(interval.toNanos(), TimeUnit.NANOSECONDS)) {
                look(files);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A failed check does not end the thread: the files are checked again after the next interval. */
    private void look(TlsReload files) {
        try {
            files.look();
            notLookedAt.over();
        } catch (RuntimeException | Error e) {
            notLookedAt.say(e);
        }
    }

    /** Stops checking the files. */
    @Override
    public void close() {
        closed.countDown();
    }
}
