package io.scopegate.server.tls;

import io.netty.handler.ssl.SslContext;
import io.scopegate.server.frame.ServerClock;
import io.scopegate.server.infer.FaultLog;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Plain text, TLS or mutual TLS, whichever is configured, and the thread that looks for changed files. */
public final class ServerTls implements AutoCloseable {

    private static final FaultLog FAULTS =
            FaultLog.of(ServerTls.class, "TLS: failed to check the certificate files for changes, will retry");

    private final TlsSettings settings;
    private final @Nullable TlsReload reload;
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * Reads the files.
     *
     * @param clock by which a certificate is valid
     * @throws IllegalArgumentException naming the file that does not do, and why
     */
    public ServerTls(TlsSettings settings, ServerClock clock) {
        this.settings = settings;
        try {
            this.reload = settings.files() == null ? null : new TlsReload(settings.files(), clock);
        } catch (TlsFilesException e) {
            throw new IllegalArgumentException("scopegate.tls: " + e.getMessage(), e);
        }
    }

    /** Protects every new connection by the files of that moment; null for plain text. */
    public @Nullable SslContext context() {
        return reload == null ? null : reload.context();
    }

    /** Whether a client has to show a certificate. */
    public boolean mutual() {
        return settings.files() != null && settings.files().clientAuthorities() != null;
    }

    /** How connections are protected, for people. */
    public String protection() {
        if (settings.files() == null) {
            return "in plain text";
        }
        return mutual() ? "by mutual TLS" : "by TLS, without client certificates";
    }

    /** When the certificates in use will no longer do; null for plain text. */
    public @Nullable Expiry expiry() {
        return reload == null ? null : reload.expiry();
    }

    /** Starts to look for changed files, if there are files; once. */
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

    /** Whatever befalls one look, there is another. */
    private static void look(TlsReload files) {
        try {
            files.look();
        } catch (RuntimeException | Error e) {
            FAULTS.say(e);
        }
    }

    /** Stops looking. */
    @Override
    public void close() {
        closed.countDown();
    }
}
