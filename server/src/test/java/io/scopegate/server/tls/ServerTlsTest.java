package io.scopegate.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scopegate.server.frame.ServerClock;
import io.scopegate.server.testing.Authority;
import io.scopegate.server.testing.Certificates;
import io.scopegate.server.testing.LogLines;
import io.scopegate.server.testing.LogWithoutMemory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks which TLS files the server starts with, and that the error names the file if it does not start. */
class ServerTlsTest {

    private static final Authority AUTHORITY = new Authority("authority");

    @TempDir
    Path directory;

    private Certificates files;

    @BeforeEach
    void write() {
        files = new Certificates(directory);
        files.use(AUTHORITY);
    }

    @Test
    void withoutFilesThereIsPlainText() {
        ServerTls tls = new ServerTls(new TlsSettings(null, Duration.ofSeconds(1)), ServerClock.system());

        assertThat(tls.context()).isNull();
        assertThat(tls.mutual()).isFalse();
        assertThat(tls.protection()).isEqualTo("in plain text");
    }

    @Test
    void clientsAreAskedForACertificateWhereAuthoritiesAreNamed() {
        assertThat(start(files.clientAuthorities()).mutual()).isTrue();
        assertThat(start(null).mutual()).isFalse();
    }

    @Test
    void protectionTextNamesTheTlsMode() {
        assertThat(start(files.clientAuthorities()).protection()).isEqualTo("by mutual TLS");
        assertThat(start(null).protection()).isEqualTo("by TLS, without client certificates");
    }

    @Test
    void aFileThatIsNotThereIsNamed() throws Exception {
        Files.delete(files.clientAuthorities());

        assertStopped("clients.crt: cannot be read: no such file");
    }

    @Test
    void aKeyOfAnotherCertificateIsNamed() {
        Authority.replace(files.key(), AUTHORITY.issue("CN=other").key());

        assertStopped("server.key: the key of ");
    }

    @Test
    void malformedKeyIsRefusedWithoutShowingIt() {
        Authority.replace(files.key(), "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n");

        assertStopped("server.key: a PRIVATE KEY of EC, not ");
        assertThatThrownBy(() -> start(null))
                .hasStackTraceContaining("scopegate.tls")
                .hasMessageNotContaining("c2VjcmV0");
    }

    @Test
    void aFileWithoutACertificateIsNamed() {
        Authority.replace(files.certificate(), "nothing");

        assertStopped("server.crt: ");
    }

    @Test
    void anExpiredCertificateDoesNotStopTheStart() {
        AUTHORITY.issueExpired("CN=server").write(files.certificate(), files.key());

        assertThat(start(files.clientAuthorities()).mutual()).isTrue();
    }

    @Test
    void aFileThatIsTooLargeIsNotRead() {
        Authority.replace(files.clientAuthorities(), " ".repeat((1 << 20) + 1));

        assertStopped("clients.crt: at most 1048576 bytes, not 1048577");
    }

    @Test
    void theFilesAreCheckedAgainThoughACheckFailsAndThatCannotBeLogged() throws Exception {
        try (LogWithoutMemory _ = new LogWithoutMemory(ServerTls.class)) {
            failToCheck();
        }
    }

    @Test
    void checksThatFailOneAfterTheOtherAreLoggedOnce() throws Exception {
        try (LogLines log = new LogLines(ServerTls.class)) {
            failToCheck();

            assertThat(log.containing("failed to check the certificate files")).hasSize(1);
        }
    }

    /** Lets checks fail one after the other; the last may still be under way. */
    private void failToCheck() throws InterruptedException {
        CountDownLatch checks = new CountDownLatch(3);
        AtomicBoolean started = new AtomicBoolean();
        ServerClock failing = new ServerClock() {
            @Override
            public Instant wallTime() {
                if (started.get()) {
                    checks.countDown();
                    throw new IllegalStateException("for a test");
                }
                return Instant.now();
            }

            @Override
            public long nanoTime() {
                return System.nanoTime();
            }
        };
        try (ServerTls tls = new ServerTls(
                new TlsSettings(new TlsFiles(files.certificate(), files.key(), null), Duration.ofMillis(1)), failing)) {
            started.set(true);
            tls.start();

            assertThat(checks.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    private void assertStopped(String text) {
        assertThatThrownBy(() -> start(files.clientAuthorities()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text);
    }

    private ServerTls start(@Nullable Path clientAuthorities) {
        return new ServerTls(
                new TlsSettings(
                        new TlsFiles(files.certificate(), files.key(), clientAuthorities), Duration.ofSeconds(1)),
                ServerClock.system());
    }
}
