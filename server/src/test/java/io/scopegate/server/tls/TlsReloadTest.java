package io.scopegate.server.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.server.testing.Authority;
import io.scopegate.server.testing.Certificates;
import io.scopegate.server.testing.LogLines;
import io.scopegate.server.testing.ManualClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checks when new TLS files come into use, and what is logged until then. Unless issued as expired, certificates are
 * valid from an hour before the real time to an hour after it; the clock under test begins two hours before it.
 */
class TlsReloadTest {

    private static final Authority AUTHORITY = new Authority("authority");
    private static final String KEPT = "keeping the previous certificates";
    private static final String TAKEN_UP = "certificate of CN=renewed";

    @TempDir
    Path directory;

    private final ManualClock clock = new ManualClock(Instant.now().minus(Duration.ofHours(2)));
    private final LogLines log = new LogLines(TlsReload.class);
    private Certificates files;
    private TlsReload reload;

    @BeforeEach
    void start() throws Exception {
        files = new Certificates(directory);
        files.use(AUTHORITY);
        reload = new TlsReload(new TlsFiles(files.certificate(), files.key(), null), clock);
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void aCertificateThatIsNotValidYetIsTakenUpOnceItIs() {
        renew();
        reload.look();
        reload.look();
        assertThat(log.containing(KEPT))
                .hasSize(1)
                .first()
                .asString()
                .contains("server.crt: CN=renewed: not valid now: NotBefore");
        assertThat(log.containing(TAKEN_UP)).isEmpty();

        clock.advance(Duration.ofHours(2));
        reload.look();
        reload.look();

        assertThat(log.containing(TAKEN_UP)).hasSize(1);
    }

    /** A client may find another path to an authority that it trusts; the old certificate locks it out some day. */
    @Test
    void certificateWithAnExpiredChainIsUsedWithAWarning() {
        clock.advance(Duration.ofHours(2));
        Authority.Identity renewed = new Authority("between").issue("CN=renewed");
        String expired = AUTHORITY.issueExpired("CN=between").certificate();

        new Authority.Identity(renewed.certificate() + expired, renewed.key()).write(files.certificate(), files.key());
        reload.look();

        assertThat(log.containing(TAKEN_UP)).hasSize(1);
        assertThat(log.containing("using the certificate anyway"))
                .last()
                .asString()
                .contains("server.crt: CN=between: not valid now: NotAfter");
    }

    @Test
    void unreadableFileIsLoggedOnceUntilItIsReadable() throws Exception {
        for (int times = 1; times <= 2; times++) {
            Files.move(files.key(), directory.resolve("aside"));
            reload.look();
            reload.look();
            assertThat(log.containing("server.key: cannot be read")).hasSize(times);

            Files.move(directory.resolve("aside"), files.key());
            reload.look();
        }
    }

    @Test
    void anExpiryIsWarnedOfOnceADayFromAMonthBefore() throws Exception {
        ManualClock early = new ManualClock(Instant.now().minus(Duration.ofDays(40)));
        TlsReload watched = new TlsReload(new TlsFiles(files.certificate(), files.key(), null), early);
        watched.look();
        assertThat(log.containing("server.crt expires in 4")).isEmpty();

        early.advance(Duration.ofDays(12));
        watched.look();
        watched.look();
        assertThat(log.containing("server.crt expires in 28 days")).hasSize(1);

        early.advance(Duration.ofDays(1));
        watched.look();
        assertThat(log.containing("server.crt expires in 27 days")).hasSize(1);
        early.advance(Duration.ofDays(26));
        watched.look();
        assertThat(log.containing("server.crt expires in 1 days")).hasSize(1);
        early.advance(Duration.ofDays(1));
        early.advance(Duration.ofDays(1));
        watched.look();
        assertThat(log.containing("server.crt has expired")).hasSize(1);
        assertThat(watched.expiry().left(early.wallTime().minus(Duration.ofDays(28))))
                .isBetween(Duration.ofDays(27), Duration.ofDays(28));
    }

    @Test
    void theFirstToExpireCounts() {
        Instant now = Instant.now();
        Expiry own = new Expiry(Path.of("server.crt"), now.plusSeconds(2));
        Expiry authority = new Expiry(Path.of("clients.crt"), now.plusSeconds(1));

        assertThat(own.orEarlier(authority)).isEqualTo(authority);
        assertThat(authority.orEarlier(own)).isEqualTo(authority);
    }

    private void renew() {
        AUTHORITY.issue("CN=renewed").write(files.certificate(), files.key());
    }
}
