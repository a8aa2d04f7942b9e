package io.scopegate.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.scopegate.server.testing.Authority;
import io.scopegate.server.testing.Authority.Identity;
import io.scopegate.server.testing.Certificates;
import io.scopegate.server.testing.ManualClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks which clients may connect before and after the TLS files change, with a gRPC server of the kind that Quarkus
 * starts.
 */
class MutualTlsTest {

    private static final Authority OLD = new Authority("old");
    private static final Authority NEW = new Authority("new");
    private static final Identity CAMERA = OLD.issue("CN=camera");
    private static final HealthCheckRequest ANY = HealthCheckRequest.getDefaultInstance();

    @TempDir
    Path directory;

    private final ManualClock clock = new ManualClock(Instant.now());
    private final HealthStatusManager health = new HealthStatusManager();
    private Certificates files;
    private TlsReload reload;
    private Server server;

    @BeforeEach
    void start() throws Exception {
        files = new Certificates(directory);
        files.use(OLD);
        serve();
    }

    private void serve() throws Exception {
        reload = new TlsReload(new TlsFiles(files.certificate(), files.key(), files.clientAuthorities()), clock);
        server = NettyServerBuilder.forPort(0)
                .sslContext(reload.context())
                .addService(health.getHealthService())
                .build()
                .start();
    }

    @AfterEach
    void stop() {
        server.shutdownNow();
    }

    @Test
    void aClientWithoutACertificateIsRefusedBeforeAndAfterAReload() {
        assertThat(code(Certificates.client(OLD, null))).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(code(Certificates.client(OLD, CAMERA))).isEqualTo(Status.Code.OK);

        files.use(NEW);
        reload.look();

        assertThat(code(Certificates.client(NEW, null))).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(code(Certificates.client(NEW, NEW.issue("CN=camera")))).isEqualTo(Status.Code.OK);
        assertThatCode(() -> AnonymousClientProbe.requireRefused("localhost", server.getPort()))
                .doesNotThrowAnyException();
    }

    @Test
    void anAuthorityThatIsWithdrawnLetsNobodyInAnyMoreNorBySessionsFromBefore() {
        ChannelCredentials camera = Certificates.client(OLD, CAMERA);
        assertThat(code(camera)).isEqualTo(Status.Code.OK);

        Authority.replace(files.clientAuthorities(), NEW.pem());
        reload.look();

        assertThat(code(camera)).isEqualTo(Status.Code.UNAVAILABLE);
    }

    @Test
    void anAuthorityThatExpiresLetsNobodyInAnyMoreThoughNoFileChanges() {
        assertThat(code(Certificates.client(OLD, CAMERA))).isEqualTo(Status.Code.OK);
        Duration left = reload.expiry().left(clock.wallTime());

        clock.advance(left.minusSeconds(1));
        reload.look();
        assertThat(code(Certificates.client(OLD, CAMERA))).isEqualTo(Status.Code.OK);

        clock.advance(Duration.ofDays(36_500));
        reload.look();
        assertThat(code(Certificates.client(OLD, CAMERA))).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(code(Certificates.client(OLD, null))).isEqualTo(Status.Code.UNAVAILABLE);
    }

    @Test
    void anAuthorityThatExpiresLetsNobodyInAnyMoreThoughTheKeyIsNoLongerThere() throws Exception {
        Files.delete(files.key());
        reload.look();
        assertThat(code(Certificates.client(OLD, CAMERA))).isEqualTo(Status.Code.OK);

        clock.advance(Duration.ofDays(36_500));
        reload.look();

        assertThat(code(Certificates.client(OLD, CAMERA))).isEqualTo(Status.Code.UNAVAILABLE);
    }

    @Test
    void anAuthorityThatSeemedToHaveExpiredByAWrongClockIsTrustedAgain() {
        clock.advance(Duration.ofDays(36_500));
        reload.look();
        assertThat(code(Certificates.client(OLD, CAMERA))).isEqualTo(Status.Code.UNAVAILABLE);

        clock.set(Instant.now());
        reload.look();

        assertThat(code(Certificates.client(OLD, CAMERA))).isEqualTo(Status.Code.OK);
    }

    @ParameterizedTest
    @MethodSource
    void keysOfEachKindMakeAServer(String algorithm, AlgorithmParameterSpec parameters) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(parameters);
        OLD.issue("CN=" + algorithm, generator.generateKeyPair()).write(files.certificate(), files.key());

        stop();
        serve();

        assertThat(code(Certificates.client(OLD, CAMERA))).isEqualTo(Status.Code.OK);
    }

    static Stream<Arguments> keysOfEachKindMakeAServer() {
        return Stream.of(
                Arguments.of("EC", new ECGenParameterSpec("secp384r1")),
                Arguments.of("RSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4)),
                Arguments.of("RSASSA-PSS", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4)),
                Arguments.of(
                        "RSASSA-PSS",
                        new RSAKeyGenParameterSpec(
                                2048,
                                RSAKeyGenParameterSpec.F4,
                                new PSSParameterSpec("SHA-384", "MGF1", MGF1ParameterSpec.SHA384, 48, 1))));
    }

    @Test
    void streamStaysOpenDuringAReload() {
        ManagedChannel channel = channel(Certificates.client(OLD, CAMERA));
        Iterator<HealthCheckResponse> watch = HealthGrpc.newBlockingStub(channel)
                .withDeadlineAfter(30, TimeUnit.SECONDS)
                .watch(ANY);
        assertThat(watch.next().getStatus()).isEqualTo(ServingStatus.SERVING);

        files.use(NEW);
        reload.look();
        assertThat(code(Certificates.client(NEW, NEW.issue("CN=camera")))).isEqualTo(Status.Code.OK);
        health.setStatus("", ServingStatus.NOT_SERVING);

        assertThat(watch.next().getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
        channel.shutdownNow();
    }

    @Test
    void invalidFilesKeepThePreviousCertificatesUntilValid() throws Exception {
        Identity next = OLD.issue("CN=server");
        Identity expired = OLD.issueExpired("CN=server");

        Authority.replace(files.certificate(), next.certificate());
        assertKept("a certificate without its key");
        Authority.replace(files.key(), next.key().substring(0, 80));
        assertKept("half a key");
        Files.delete(files.key());
        assertKept("no key");
        Authority.replace(files.clientAuthorities(), "");
        next.write(files.certificate(), files.key());
        assertKept("no authority");
        Authority.replace(files.clientAuthorities(), NEW.pem());
        expired.write(files.certificate(), files.key());
        assertKept("an expired certificate");

        next.write(files.certificate(), files.key());
        reload.look();

        assertThat(code(Certificates.client(OLD, CAMERA))).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(code(Certificates.client(OLD, NEW.issue("CN=camera")))).isEqualTo(Status.Code.OK);
    }

    private void assertKept(String what) {
        reload.look();

        assertThat(code(Certificates.client(OLD, CAMERA))).as(what).isEqualTo(Status.Code.OK);
        assertThat(code(Certificates.client(OLD, null))).as(what).isEqualTo(Status.Code.UNAVAILABLE);
    }

    @Test
    void theProbeFindsAServerThatLetsStrangersIn() throws Exception {
        Server open = NettyServerBuilder.forPort(0)
                .sslContext(new TlsReload(new TlsFiles(files.certificate(), files.key(), null), clock).context())
                .build()
                .start();
        Server plain = NettyServerBuilder.forPort(0).build().start();

        assertThatThrownBy(() -> AnonymousClientProbe.requireRefused("localhost", open.getPort()))
                .hasMessageContaining("a client without a certificate was not refused at ");
        assertThatThrownBy(() -> AnonymousClientProbe.requireRefused("localhost", plain.getPort()))
                .hasMessageContaining("was not refused");
        open.shutdownNow();
        plain.shutdownNow();
        assertThatThrownBy(() -> AnonymousClientProbe.requireRefused("localhost", 1))
                .message()
                .contains("refused")
                .doesNotContain("was not refused");
    }

    private Status.Code code(ChannelCredentials credentials) {
        ManagedChannel channel = channel(credentials);
        try {
            HealthGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(30, TimeUnit.SECONDS)
                    .check(ANY);
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        } finally {
            channel.shutdownNow();
        }
    }

    private ManagedChannel channel(ChannelCredentials credentials) {
        return Grpc.newChannelBuilder("localhost:" + server.getPort(), credentials)
                .build();
    }
}
